#!/bin/sh
# Puts the hook into cloud-init's folder; again after cloud-init clean, which empties that.
set -eu
mkdir -p /var/lib/cloud/scripts/per-instance
cp /usr/local/etc/wcs/ami/bin/per-instance /var/lib/cloud/scripts/per-instance/wcs-bootstrap
chmod 0755 /var/lib/cloud/scripts/per-instance/wcs-bootstrap

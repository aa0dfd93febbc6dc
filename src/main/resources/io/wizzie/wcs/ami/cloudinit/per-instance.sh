#!/bin/sh
# cloud-init runs this once for each instance ID (/var/lib/cloud/scripts/per-instance). Its exit
# status shows in cloud-init status.
exec /usr/local/sbin/wcs-bootstrap first-boot

#!/bin/sh
# Puts the bootstrap cookbooks into the image, and the hook where cloud-init runs it: what belongs to
# the hook was written to the image's folder before. install-hook.sh STAGING_FOLDER
set -eu

folder=/usr/local/etc/wcs/ami

main() {
  bundle=$1/bootstrap
  for part in cookbooks solo.rb node.json; do
    [ -e "$bundle/$part" ] || {
      echo "$bundle/$part is missing: the cookbook bundle was not unpacked there." >&2
      return 1
    }
  done
  umask 022
  rm -rf "$folder/bootstrap-cookbooks"
  cp -R "$bundle/cookbooks" "$folder/bootstrap-cookbooks"
  mkdir -p "$folder/chef_conf"
  cp "$bundle/solo.rb" "$bundle/node.json" "$folder/chef_conf"
  # Attributes are no place for secrets, and still nobody else's business.
  chmod 0600 "$folder/chef_conf/node.json"
  chown -R root:root "$folder"
  mkdir -p /usr/local/sbin
  ln -sf "$folder/bin/wcs-bootstrap" /usr/local/sbin/wcs-bootstrap
  cp "$folder/bin/wcs-bootstrap.service" "$folder/bin/wcs-bootstrap-resume.service" \
    /etc/systemd/system
  systemctl daemon-reload
  sh "$folder/bin/put-hook-back"
  [ -x "$(readlink -f /usr/local/sbin/wcs-bootstrap)" ]
}

main "$@" < /dev/null

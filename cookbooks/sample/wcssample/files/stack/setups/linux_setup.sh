#!/bin/bash
# A rehearsal of WCS's setup: it asks for what the environment lacks, installs below PREFIX and starts the services.
set -euo pipefail

clear
cd "$(dirname "$0")/.."

ask() {
  local name=$1 default=$2 answer
  if [ -z "${!name:-}" ]; then
    read -rp "$name [$default]: " answer
    printf -v "$name" '%s' "${answer:-$default}"
  fi
}

ask PREFIX /usr/local
ask INTERFACE_IP 127.0.0.1
ask DB_PASSWORD ''
ask SECRET_KEY_BASE ''

for command in curl docker docker-compose netstat; do
  if ! command -v "$command" > /dev/null; then
    echo "The image lacks $command." >&2
    exit 1
  fi
done

env=$PREFIX/etc/wcs/.env
mkdir -p "$PREFIX/share/wcs" "$PREFIX/etc/wcs" "$PREFIX/bin"
cp -R compose druid cli "$PREFIX/share/wcs/"
cp -R .env "$env"
chmod 755 "$PREFIX/share/wcs/cli/wcs"
ln -sf "$PREFIX/share/wcs/cli/wcs" "$PREFIX/bin/wcs"
for name in INTERFACE_IP DB_PASSWORD SECRET_KEY_BASE; do
  sed -i "/^$name.*/c$name=${!name}" "$env"
done
"$PREFIX/bin/wcs" up -d

#!/bin/sh
# Gets Chef's package into the guest, checks it and installs it. Exit statuses that the build acts on:
unreachable=75 # the package's server can't be reached: no name, no route, no answer
mismatch=76    # the package is not the one that the configuration names
set -eu

staging=/root/.wcs-ami
package=$staging/chef-package

# alone: asked again after a lost connection, what was asked first may still be at it
alone() {
  umask 077
  mkdir -p "$staging"
  exec 9> /run/wcs-ami-install.lock # in memory, so that it is in no image
  flock 9
}

# curl_config: the address, which must not be on a command line, as curl's configuration
curl_config() {
  printf 'url = "%s"\n' "$(tr -d '"\\\n' < "$package.url")"
}

# now: in seconds of a clock that nobody sets
now() {
  cut -d . -f 1 /proc/uptime
}

# fetch TRIES SECONDS: from the address in the file beside the package
fetch() {
  end=$(($(now) + $2))
  alone
  tries=$1
  # Of the server's own failures; that nothing answers at all is for the loop below.
  retries=$((tries > 1 ? 2 : 0))
  while :; do
    code=0
    left=$((end - $(now)))
    [ "$left" -gt 0 ] || left=1
    if command -v curl > /dev/null; then
      curl_config | timeout "$((left + 5))" curl --config - --fail --silent --show-error --location --proto '=http,https' --connect-timeout 10 \
        --max-time "$left" --retry-max-time "$left" --speed-limit 1000 --speed-time 60 --retry "$retries" --retry-delay 2 \
        --output "$package" || code=$?
      # No proxy's name, no name, no connection, timeout, TLS cut, empty answer, send, receive; over all
      # tries it is the other timeout, which comes later since curl says more.
      case $code in 5 | 6 | 7 | 28 | 35 | 52 | 55 | 56 | 124) code=$unreachable ;; esac
    elif command -v wget > /dev/null; then
      timeout "$left" wget --quiet --tries="$((retries + 1))" --connect-timeout=10 --read-timeout=60 --output-document="$package" \
        --input-file="$package.url" || code=$?
      case $code in 4 | 124) code=$unreachable ;; esac
    else
      echo 'The guest has neither curl nor wget; give the package as a file (chef.package.file).' >&2
      code=1
    fi
    tries=$((tries - 1))
    if [ "$code" -ne "$unreachable" ] || [ "$tries" -le 0 ] || [ "$(now)" -ge "$end" ]; then
      return "$code"
    fi
    sleep 3
  done
}

# check SHA256
check() {
  sum=$(sha256sum "$package")
  sum=${sum%% *}
  if [ "$sum" != "$1" ]; then
    rm -f "$package" "$package.url"
    echo "$sum"
    return "$mismatch"
  fi
}

# quietly SECONDS COMMAND: its output into a file, since a package manager that writes to a lost connection
# dies half way; again while another one has the lock
quietly() {
  end=$(($(now) + $1))
  seconds=$1
  shift
  while :; do
    code=0
    "$@" > "$staging/install.log" 2>&1 9>&- || code=$?
    if [ "$code" -eq 0 ] ||
      ! grep -q -e 'lock.*locked by another process' -e "can't create transaction lock" "$staging/install.log"; then
      break
    fi
    if [ "$(now)" -ge "$end" ]; then
      echo "The lock did not become free within timeouts.chefInstall; $seconds s of it were left." >&2
      break
    fi
    sleep 5
  done
  [ "$code" -eq 0 ] || tail -n 40 "$staging/install.log" >&2
  return "$code"
}

# install SECONDS
install() {
  alone
  # The one before us may have done it.
  [ -e "$package" ] || return 0
  umask 022
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
  # By its first bytes, because a URL need not end in the package's name.
  case $(od -An -N4 -tx1 "$package" | tr -d ' ') in
    213c6172) quietly "$1" dpkg --install "$package" ;;
    edabeedb) quietly "$1" rpm --upgrade --oldpackage --replacepkgs --verbose "$package" ;;
    *)
      echo 'It is neither a .deb nor an .rpm package.' >&2
      return 1
      ;;
  esac
  rm -f "$package" "$package.url" "$staging/install.log"
}

main() {
  "$@"
}

main "$@" < /dev/null

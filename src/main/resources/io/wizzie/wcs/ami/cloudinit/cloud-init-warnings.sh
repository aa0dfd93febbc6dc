#!/bin/sh
# Prints what cloud-init warned of in this boot, each warning once, at most 20 of them.
set -eu

main() {
  log=/var/log/cloud-init.log
  [ -e "$log" ] || return 0
  awk '
    /Cloud-init v\..* running .init-local./ { count = 0; delete seen }
    /\[(WARNING|ERROR|CRITICAL)\]: / {
      sub(/^[^[]* - /, "")
      if (!seen[$0]++ && count < 20) lines[count++] = $0
    }
    END { for (i = 0; i < count; i++) print lines[i] }
  ' "$log"
}

main "$@" </dev/null

#!/bin/sh
# Says which module of cloud-init has begun and not ended, and what runs for it.
# cloud-init-where.sh [LOG]
set -u

# unfinished LOG: the innermost part that its log has a start of, but no end
unfinished() {
  sed -n 's/^.*: \(start\|finish\): \([^:]*\):.*$/\1 \2/p' "$1" | awk '
    $1 == "start" { open[$2] = NR }
    $1 == "finish" { delete open[$2] }
    END {
      for (part in open) if (open[part] > last) { last = open[part]; name = part }
      print name
    }'
}

# commands: the youngest processes of its services, without the services themselves
commands() {
  for unit in cloud-init-local cloud-init-main cloud-init-network cloud-init cloud-config cloud-final; do
    group=$(systemctl show --property=ControlGroup --value "$unit.service" 2> /dev/null)
    [ -z "$group" ] || cat "/sys/fs/cgroup$group/cgroup.procs" "/sys/fs/cgroup/systemd$group/cgroup.procs" 2> /dev/null
  done | sort -n -u | tail -n 3 | while read -r pid; do
    line=$(tr '\000' ' ' < "/proc/$pid/cmdline" 2> /dev/null | cut -c 1-120)
    case $line in '' | *cloud-init*) ;; *) echo "It runs: ${line% } (process $pid)." ;; esac
  done
}

main() {
  part=$(unfinished "${1:-/var/log/cloud-init.log}" 2> /dev/null)
  if [ -n "$part" ]; then
    echo "It sits in $part (stage/module)."
  fi
  commands
  echo 'Look at the user data (builder.userDataFile), the source image, and the way out that either needs.'
}

main "$@" < /dev/null

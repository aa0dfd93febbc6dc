#!/bin/sh
# Runs chef-solo in the guest as a transient unit, so that it outlives the connection that started
# it: whoever connects later can follow it further or stop it. Each attempt has a folder with its
# output, the process that writes it, the boot that it belongs to and, at its end, its exit status.
set -eu

staging=/root/.wcs-ami
unit=wcs-ami-converge

# A container's boot_id is its host's, and a machine's process 1 always starts at the same tick:
# together they name a boot of either.
boot_identity() {
  cat /proc/sys/kernel/random/boot_id
  sed 's/.*) //' /proc/1/stat | cut -d ' ' -f 20
}

same_boot() {
  [ "$(boot_identity)" = "$(cat "$1/boot")" ]
}

# start ATTEMPT SECONDS PROGRAM [ARGUMENT]...
start() {
  run=$staging/run/$1
  seconds=$2
  shift 2
  mkdir -p "$staging/run"
  # Asked again after a lost connection: there must never be a second chef-solo.
  exec 9> "$staging/run/lock"
  flock 9
  mkdir -p "$run"
  if [ -e "$run/pid" ] || systemctl is-active --quiet "$unit.service"; then
    return
  fi
  boot_identity > "$run/boot"
  : > "$run/output"
  # Given back at the end: how chef-solo ended must fit on a disk that it filled.
  head -c 16384 /dev/zero > "$run/reserve"
  systemctl reset-failed "$unit.service" 2> /dev/null || true
  # SIGINT, because chef-solo takes SIGTERM for "finish the converge first". Not --collect: a unit that
  # failed is kept, so that follow can ask systemd how it ended.
  systemd-run --quiet --unit="$unit" --description='Converge of the provision run list' \
    --property=KillSignal=SIGINT --property=TimeoutStopSec=20 --property=RuntimeMaxSec="$seconds" \
    --setenv=HOME=/root --setenv=USER=root --setenv=LOGNAME=root --setenv=LANG=C.UTF-8 \
    --setenv=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    --setenv=TERM=dumb --setenv=DEBIAN_FRONTEND=noninteractive --setenv=NEEDRESTART_SUSPEND=1 \
    /bin/sh "$0" run "$run" "$@" 9>&-
}

# run FOLDER PROGRAM [ARGUMENT]...: what the unit does
run() {
  run=$1
  shift
  # The whole unit gets SIGINT: this shell lives on to record how chef-solo took it.
  trap : INT
  (echo "$(($(oom_kills) + 0))" > "$run/oom-before") || true
  echo "$$" > "$run/pid.new"
  mv "$run/pid.new" "$run/pid"
  code=0
  "$@" >> "$run/output" 2>&1 < /dev/null || code=$?
  rm -f "$run/reserve"
  (echo "$(($(oom_kills) - $(cat "$run/oom-before")))" > "$run/oom") || true
  # Chef asks for the reboot before it exits, and the shutdown may interrupt it before it can say 35.
  # Whatever failed while the system goes down will be tried again after it.
  if [ "$code" -ne 0 ] && [ "$(systemctl is-system-running 2> /dev/null)" = stopping ]; then
    code=35
  fi
  echo "$code" > "$run/status.new"
  # With exit status 35 the guest is already going down.
  sync "$run/status.new"
  mv "$run/status.new" "$run/status"
}

# oom_kills: how many processes of the unit that this runs in were killed for want of memory; where
# the memory controller is one of control groups' version 1 and the unit has no group of its own in
# it, those of others count too, so that only the difference tells
oom_kills() {
  group=$(sed -n 's/^0:://p' /proc/self/cgroup)
  group1=$(sed -n 's/^[0-9]*:memory://p' /proc/self/cgroup)
  cat "/sys/fs/cgroup$group/memory.events" "/sys/fs/cgroup/memory$group1/memory.oom_control" 2> /dev/null |
    sed -n 's/^oom_kill //p' | head -n 1
}

# notes FOLDER: what explains a failure, one a line, as far as it is so
notes() {
  kills=$(cat "$1/oom" 2> /dev/null || true)
  if [ "${kills:-0}" -gt 0 ]; then
    echo "oom $kills"
  fi
  # Full but for what only root may use, or out of inodes; not what is made full, is far away, or, as
  # containers' do, lies on another that is shown.
  for what in k i; do
    {
      timeout 20 df -P -l "-$what" -x overlay -x devtmpfs -x squashfs -x iso9660 -x efivarfs
      df -P "-$what" /
    } 2> /dev/null |
      awk -v what="$what" '$2 ~ /^[0-9]+$/ && $2 > 0 && $4 + 0 < ($2 > 409600 ? 4096 : $2 / 20) {
        print "full " $6 " " (what == "k" ? 1 : 2) }'
  done | sort -u
}

# vanished FOLDER: how systemd says the unit ended that could not say it itself
vanished() {
  systemctl show "$unit.service" --property=Result --property=ExecMainCode --property=ExecMainStatus |
    tr '\n' ' '
}

# follow ATTEMPT LINE: prints the output from that line on, until chef-solo ended, then how it ended.
# A record separator ends each line, which tells a whole one from one that a lost connection cut. (sed's
# own -u would read a flood byte by byte.)
follow() {
  run=$staging/run/$1
  separator=$(printf '\036')
  waited=0
  while [ ! -e "$run/pid" ] && [ "$waited" -lt 50 ] && same_boot "$run"; do
    sleep 0.2
    waited=$((waited + 1))
  done
  if [ -e "$run/pid" ] && [ ! -e "$run/status" ] && same_boot "$run"; then
    tail -n "+$2" -s 0.2 --pid="$(cat "$run/pid")" -f "$run/output"
  else
    tail -n "+$2" "$run/output"
  fi | stdbuf -oL sed -e 's/\r$//' -e 's/^.*\r//' -e "s/\$/$separator/"
  if [ -e "$run/status" ]; then
    state="exited $(cat "$run/status")"
  elif same_boot "$run"; then
    state="vanished $(vanished)"
  else
    state=rebooted
  fi
  # The output's last line may have no end of its own.
  echo
  case $state in
    'exited 0' | 'exited 35' | rebooted) ;;
    *) notes "$run" | sed "s/^/${separator}note /" ;;
  esac
  printf '%s%s\n' "$separator" "$state"
}

# rebooted ATTEMPT: whether the guest booted anew since that attempt began
rebooted() {
  ! same_boot "$staging/run/$1"
}

# settle SECONDS: waits for the boot to finish, cloud-init included
settle() {
  timeout "$1" systemctl is-system-running --wait > /dev/null 2>&1 || true
}

stop() {
  systemctl stop "$unit.service" 2> /dev/null || true
  # One that had to be killed is kept as failed.
  systemctl reset-failed "$unit.service" 2> /dev/null || true
  ! systemctl is-active --quiet "$unit.service"
}

"$@"

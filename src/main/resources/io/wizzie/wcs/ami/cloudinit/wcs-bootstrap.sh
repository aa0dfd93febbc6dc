#!/bin/sh
# Converges this instance's bootstrap cookbooks. cloud-init starts it once per instance ID; by hand:
#
#   wcs-bootstrap status    how it went; exit status 0 converged, 1 failed, 2 still running or never run
#   wcs-bootstrap log       the log of the last converge, followed while it runs
#   wcs-bootstrap retry     converge again, wait for it and say how it went
#
# The converge itself is the unit wcs-bootstrap.service: so there is never more than one, it has a
# time limit that reaches every process of it, and a converge that a reboot cut short is taken up
# at the next boot.
set -eu

folder=/usr/local/etc/wcs/ami
state_folder=/var/lib/wcs-ami
state_file=$state_folder/bootstrap.json
unit=wcs-bootstrap.service
resume_unit=wcs-bootstrap-resume.service
max_reboots=5
# shellcheck source=/dev/null
. "$folder/bootstrap.conf" # SOLO, LOG_FILE, TIMEOUT_SECONDS

# field NAME: a value of the state file, which is written below, one field a line
field() {
  [ ! -r "$state_file" ] || sed -n "s/^  \"$1\": \"\{0,1\}\(.*[^\",]\)\"\{0,1\},\{0,1\}\$/\1/p" "$state_file"
}

# json TEXT: as a JSON string, or null when empty
json() {
  if [ -z "$1" ]; then
    printf null
  else
    printf '"%s"' "$(printf %s "$1" | tr -d '[:cntrl:]' | iconv -c -f UTF-8 -t UTF-8 | sed 's/\\/\\\\/g; s/"/\\"/g')"
  fi
}

instance_id() {
  cat /var/lib/cloud/data/instance-id 2> /dev/null || echo unknown
}

now() {
  date -u +%Y-%m-%dT%H:%M:%SZ
}

# write_state STATE EXIT_CODE STARTED FINISHED ATTEMPTS REBOOTS REASON RESOURCE
write_state() {
  cat > "$state_file.new" << END
{
  "state": $(json "$1"),
  "exitCode": ${2:-null},
  "startedAt": $(json "$3"),
  "finishedAt": $(json "$4"),
  "attempts": $5,
  "reboots": $6,
  "instanceId": $(json "$(instance_id)"),
  "reason": $(json "$7"),
  "failingResource": $(json "$8"),
  "logFile": $(json "$LOG_FILE")
}
END
  chmod 0644 "$state_file.new"
  mv "$state_file.new" "$state_file"
}

# ExecStartPre of the unit
begin() {
  # The state of the instance that this one is an image of says nothing about this one.
  attempts=0
  reboots=0
  if [ "$(field instanceId)" = "$(instance_id)" ]; then
    attempts=$(field attempts)
    # Of this converge; one that ended was another.
    case $(field state) in rebooting | running) reboots=$(field reboots) ;; esac
  fi
  attempts=$((${attempts:-0} + 1))
  mkdir -p "${LOG_FILE%/*}" "$state_folder/chef"
  chmod 0700 "$state_folder/chef"
  # As cloud-init's own log: for root and the group that may read logs.
  (umask 027 && : >> "$LOG_FILE")
  chgrp adm "$LOG_FILE" 2> /dev/null || true
  echo "=== $(now) attempt $attempts on $(instance_id)" >> "$LOG_FILE"
  # How much of the log is of earlier attempts
  wc -c < "$LOG_FILE" > "$state_folder/log-offset"
  write_state running '' "$(now)" '' "$attempts" "${reboots:-0}" '' ''
  # Until it is finished, a boot takes it up again: a recipe may reboot, power may fail.
  systemctl enable --quiet "$resume_unit"
}

# ExecStart of the unit
converge() {
  cd "$state_folder/chef"
  exec "$SOLO" --config "$folder/chef_conf/solo.rb" --json-attributes "$folder/chef_conf/node.json" \
    --no-color --force-formatter >> "$LOG_FILE" 2>&1
}

# ExecStopPost of the unit: runs however the converge ended, a time limit and a kill included
finish() {
  code=${EXIT_STATUS:-}
  case $code in '' | *[!0-9]*) code= ;; esac
  attempts=$(field attempts)
  reboots=$(field reboots)
  reboots=${reboots:-0}
  started=$(field startedAt)
  resource=
  reason=
  state=failed
  case ${SERVICE_RESULT:-} in
    success) state=converged code=0 ;;
    timeout) reason="did not finish within $TIMEOUT_SECONDS seconds" ;;
    exit-code) reason="chef-solo ended with exit code ${code:-unknown}" ;;
    *) reason="chef-solo was ended: ${SERVICE_RESULT:-unknown}" ;;
  esac
  if [ "$state" = failed ]; then
    failure=$(tail -c "+$(cat "$state_folder/log-offset")" "$LOG_FILE" |
      awk -f "$folder/bin/chef-failure.awk" || true)
    resource=$(echo "$failure" | sed -n 1p)
    cause=$(echo "$failure" | sed -n 2p)
    reason="$reason${cause:+: $cause}"
    # 35: Chef has asked for a reboot and wants to be run again after it. The shutdown may interrupt
    # it before it can say so; and a reboot that somebody else asked for is no failure either.
    if [ "$code" = 35 ] || [ "$(systemctl is-system-running 2> /dev/null)" = stopping ]; then
      reboots=$((reboots + 1))
      if [ "$reboots" -lt "$max_reboots" ]; then
        write_state rebooting "$code" "$started" "$(now)" "${attempts:-1}" "$reboots" 'a reboot came before the end' ''
        return
      fi
      reason="was cut short by a reboot $reboots times; a reboot resource of the cookbooks lacks a guard"
    fi
  fi
  systemctl disable --quiet "$resume_unit"
  write_state "$state" "$code" "$started" "$(now)" "${attempts:-1}" "$reboots" "$reason" "$resource"
  echo "=== $(now) $state${reason:+: $reason}" >> "$LOG_FILE"
}

# What cloud-init runs, and a person's retry: waits, and reports by exit status
first_boot() {
  code=0
  systemctl reset-failed "$unit" 2> /dev/null || true
  systemctl start "$unit" || code=1
  if [ "$(field state)" = rebooting ]; then
    echo 'The bootstrap goes on after a reboot.'
    return
  fi
  status || code=$?
  return "$code"
}

# refresh RUN_LIST: converges another run list of the same cookbooks, only where the bootstrap has
# converged. For units that the cookbooks install.
refresh() {
  as_root refresh
  if [ "$(field state)" != converged ] || [ "$(field instanceId)" != "$(instance_id)" ]; then
    echo 'The bootstrap has not converged on this instance, which comes first.'
    return
  fi
  cd "$state_folder/chef"
  exec "$SOLO" --config "$folder/chef_conf/solo.rb" --json-attributes "$folder/chef_conf/node.json" \
    --override-runlist "$1" --no-color --force-formatter
}

active_state() {
  systemctl show --property=ActiveState --value "$unit"
}

retry() {
  as_root retry
  if [ "$(active_state)" = activating ]; then
    echo 'The bootstrap is running already; see wcs-bootstrap log.' >&2
    exit 3
  fi
  first_boot
}

status() {
  if [ ! -r "$state_file" ]; then
    echo 'The bootstrap was never started on this instance.'
    return 2
  fi
  state=$(field state)
  if [ "$state" = running ] && [ "$(active_state)" != activating ]; then
    state='interrupted; the next boot or wcs-bootstrap retry takes it up'
  fi
  reason=$(field reason)
  resource=$(field failingResource)
  echo "WCS bootstrap: $state (attempt $(field attempts), started $(field startedAt))"
  [ "$reason" = null ] || [ -z "$reason" ] || echo "  $reason"
  [ "$resource" = null ] || [ -z "$resource" ] || echo "  failing resource: $resource"
  case $state in
    converged) return 0 ;;
    failed)
      echo "  log: $LOG_FILE; again: sudo wcs-bootstrap retry"
      return 1
      ;;
    *) return 2 ;;
  esac
}

log() {
  as_root log
  if [ "$(active_state)" = activating ]; then
    exec tail -n +1 -f "$LOG_FILE"
  fi
  cat "$LOG_FILE"
}

as_root() {
  if [ "$(id -u)" -ne 0 ]; then
    echo "Use: sudo wcs-bootstrap $1" >&2
    exit 4
  fi
}

case ${1:-status} in
  status | log | retry | begin | converge | finish) "${1:-status}" ;;
  first-boot) first_boot ;;
  refresh) refresh "$2" ;;
  *)
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
    exit 64
    ;;
esac

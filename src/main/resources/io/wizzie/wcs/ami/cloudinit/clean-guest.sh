#!/bin/sh
# Removes from the guest what must not be in an image.
#
#   removes      lists the paths of all that the clean takes away or empties, one a line
#   check        says what is there, and what an image should not have but is not ours to change
#   start        cleans as a transient unit, which outlives the connection, and follows its report
#   clean        what the unit does
set -u

work=/run/wcs-ami-clean # a tmpfs, so it never is in the image
unit=wcs-ami-clean
image_folder=/usr/local/etc/wcs/ami

# What must be gone for the image to be usable at all: the clean fails if any of it is still there.
secret_kinds='authorized_keys host_keys histories sudoers staging cloud_state'
kinds="$secret_kinds seeds chef_state bootstrap_state identity leases network packages mail crashes temp"

homes() {
  { getent passwd | cut -d : -f 6; echo /root; } | sort -u | grep -v '^/$' |
    while IFS= read -r home; do
      [ ! -d "$home" ] || echo "$home"
    done
}

# in_homes GLOB...: in every user's home
in_homes() {
  homes | while IFS= read -r home; do
    for glob in "$@"; do
      # shellcheck disable=SC2086 # the pattern is to be expanded
      existing "$home"/$glob
    done
  done
}

# existing PATH...: those that exist, one a line
existing() {
  for path in "$@"; do
    if [ -e "$path" ] || [ -L "$path" ]; then
      echo "$path"
    fi
  done
}

# children FOLDER...: everything directly in them
children() {
  for parent in "$@"; do
    [ ! -d "$parent" ] || find "$parent" -mindepth 1 -maxdepth 1
  done
}

# list KIND: its paths, one a line
list() {
  case $1 in
    authorized_keys) in_homes '.ssh/authorized_keys*' ;;
    host_keys) existing /etc/ssh/ssh_host_* ;;
    histories)
      in_homes '.*_history' .lesshst .viminfo .wget-hsts .cache .sudo_as_admin_successful \
        '.ssh/known_hosts*' .local/state .local/share/recently-used.xbel
      ;;
    sudoers) existing /etc/sudoers.d/90-cloud-init-users ;;
    staging) existing /root/.wcs-ami /root/.wcs-ami-new.* ;;
    cloud_state)
      # What the hook put there is meant to stay.
      children /var/lib/cloud | grep -v -x -e /var/lib/cloud/seed -e /var/lib/cloud/scripts
      [ ! -d /var/lib/cloud/scripts ] ||
        find /var/lib/cloud/scripts -type f ! -path '*/per-instance/wcs-bootstrap'
      ;;
    seeds)
      # A seed that is mounted is the host's, not the image's.
      for seed in /var/lib/cloud/seed /var/lib/cloud/seed/*; do
        is_mounted "$seed" || children "$seed"
      done
      ;;
    chef_state)
      existing /var/chef /var/cinc /root/.chef /root/.cinc /etc/chef/accepted_licenses \
        /etc/cinc/accepted_licenses /etc/chef/chef_guid /etc/cinc/chef_guid
      ;;
    bootstrap_state) existing /var/lib/wcs-ami ;;
    identity)
      existing /var/lib/systemd/random-seed /var/lib/systemd/credential.secret \
        /etc/docker/key.json /var/lib/docker/engine-id /var/lib/NetworkManager/secret_key \
        /etc/udev/rules.d/70-persistent-net.rules
      children /var/lib/amazon/ssm
      [ -L /var/lib/dbus/machine-id ] || existing /var/lib/dbus/machine-id
      ;;
    leases)
      children /var/lib/dhcp /var/lib/dhclient /var/lib/dhcpcd
      existing /var/lib/NetworkManager/*lease*
      ;;
    network)
      existing /etc/netplan/50-cloud-init.yaml /etc/network/interfaces.d/50-cloud-init* \
        /etc/systemd/network/10-cloud-init-* /etc/NetworkManager/system-connections/cloud-init-*
      ;;
    packages)
      children /var/lib/apt/lists /var/cache/apt/archives | grep -v -e '/lock$' -e '/partial$'
      children /var/lib/apt/lists/partial /var/cache/apt/archives/partial
      existing /var/cache/apt/*.bin
      ;;
    mail)
      children /var/mail /var/spool/mail
      for queue in maildrop incoming active deferred hold corrupt bounce defer; do
        [ ! -d "/var/spool/postfix/$queue" ] || find "/var/spool/postfix/$queue" -type f
      done
      ;;
    crashes)
      children /var/crash /var/lib/systemd/coredump
      # The kernel's own default writes them to the working directory, which is / of most services.
      find / -maxdepth 1 -type f \( -name core -o -name 'core.[0-9]*' \)
      ;;
    temp) children /tmp /var/tmp ;;
  esac | sort -u | grep -v '^$' | while IFS= read -r path; do
    # What is mounted is not in the image.
    is_mounted "$path" || echo "$path"
  done
}

removes() {
  for kind in $kinds; do
    list "$kind"
  done
  existing /var/log /var/lib/docker/containers/*/*.log
}

is_mounted() {
  awk -v path="$1" '$5 == path { found = 1 } END { exit !found }' /proc/self/mountinfo
}

# summary: of the paths on standard input
summary() {
  awk '{ if (NR <= 6) names = names " " $0 } END { if (NR) print NR ":" names (NR > 6 ? " …" : "") }'
}

check() {
  for kind in $kinds; do
    found=$(list "$kind" | summary)
    [ -z "$found" ] || echo "found $kind $found"
  done
  logs=$(find /var/log -xdev -type f -size +0 | wc -l)
  [ "$logs" -eq 0 ] || echo "found logs $logs"
  awk -F : '$2 == "" { print "warning: the account " $1 " has an empty password" }
    $2 ~ /^[$_.\/A-Za-z0-9]/ { print "warning: the account " $1 " has a password" }' /etc/shadow
  if command -v sshd > /dev/null; then
    mkdir -p /run/sshd
    sshd -T 2> /dev/null | grep -i -x -e 'passwordauthentication yes' -e 'permitrootlogin yes' |
      sed 's/^/warning: sshd is configured with /'
  fi
  [ -e "$image_folder/bin/put-hook-back" ] || echo 'warning: no bootstrap hook is installed'
}

remove_kind() {
  found=$(list "$1")
  [ -n "$found" ] || return 0
  echo "$found" | while IFS= read -r path; do
    rm -rf --one-file-system "$path" 2> /dev/null
  done
  echo "removed $1 $(echo "$found" | summary)"
}

stop_services() {
  # They would write what is removed here again, at the latest when they are stopped.
  for service in unattended-upgrades.service rsyslog.service syslog.socket docker.socket \
    docker.service containerd.service systemd-random-seed.service; do
    if systemctl is-active --quiet "$service"; then
      systemctl stop "$service" && echo "stopped $service"
    fi
  done
}

forget_snap_device() {
  [ -S /run/snapd.socket ] && command -v curl > /dev/null || return 0
  # snapd's own way to drop a device's key and serial (POST /v2/model/serial).
  if curl --silent --fail --max-time 30 --unix-socket /run/snapd.socket --request POST \
    --header 'Content-Type: application/json' \
    --data '{"action":"forget","no-registration-until-reboot":true}' \
    http://localhost/v2/model/serial > /dev/null; then
    echo 'removed snap device identity'
  else
    echo 'warning: snapd did not forget its device identity'
  fi
}

clean_cloud_init() {
  # Not --seed: where the seed is a mount, it would fail half way.
  if command -v cloud-init > /dev/null; then
    cloud-init clean --logs > /dev/null || echo 'warning: cloud-init clean failed'
  fi
  remove_kind cloud_state
  remove_kind seeds
  if [ -e "$image_folder/bin/put-hook-back" ]; then
    sh "$image_folder/bin/put-hook-back" && echo 'kept bootstrap hook'
  fi
}

truncate_logs() {
  # journald goes on in /run, where its last words are not in the image.
  journalctl --relinquish-var > /dev/null 2>&1
  children /var/log/journal | while IFS= read -r path; do
    is_mounted "$path" || rm -rf "$path"
  done
  find /var/log -xdev -type f \( -name '*.gz' -o -name '*.xz' -o -name '*.old' -o -name '*.[0-9]' \) -delete
  find /var/log /var/lib/docker/containers -xdev -type f -name '*' -size +0 \
    \( -path '/var/log/*' -o -name '*.log' \) -exec truncate -s 0 {} + 2> /dev/null
  echo 'emptied logs'
}

reset_names() {
  # Emptied in place, because systemd takes an empty machine-id for "make one, at every boot's start".
  [ ! -e /etc/machine-id ] || : > /etc/machine-id
  if [ -s /etc/iscsi/initiatorname.iscsi ]; then
    echo 'GenerateName=yes' > /etc/iscsi/initiatorname.iscsi
  fi
  is_mounted /etc/hostname || [ ! -e /etc/hostname ] || : > /etc/hostname
  if ! is_mounted /etc/hosts && grep -q '^127\.0\.1\.1[[:space:]]' /etc/hosts; then
    sed -i '/^127\.0\.1\.1[[:space:]]/d' /etc/hosts
  fi
  # A link is systemd-resolved's; a file was written from the builder's lease.
  if [ -f /etc/resolv.conf ] && [ ! -L /etc/resolv.conf ] && ! is_mounted /etc/resolv.conf; then
    : > /etc/resolv.conf
  fi
  echo 'emptied machine-id, host name, initiator name'
}

lock_root() {
  passwd --lock root > /dev/null && echo 'locked root password'
}

clean() {
  stop_services
  forget_snap_device
  clean_cloud_init
  command -v apt-get > /dev/null && apt-get clean
  for kind in chef_state bootstrap_state leases network packages mail crashes histories; do
    remove_kind "$kind"
  done
  reset_names
  lock_root
  truncate_logs
  for kind in identity temp staging sudoers host_keys authorized_keys; do
    remove_kind "$kind"
  done
  left=0
  for kind in $secret_kinds; do
    found=$(list "$kind" | summary)
    if [ -n "$found" ]; then
      echo "still there: $kind $found"
      left=1
    fi
  done
  if [ -s /etc/machine-id ]; then
    echo 'still there: machine-id'
    left=1
  fi
  sync
  return "$left"
}

# run: clean, with its report and its exit status in files
run() {
  echo "$$" > "$work/pid"
  code=0
  clean > "$work/report" 2>&1 < /dev/null || code=$?
  echo "$code" > "$work/status"
}

start() {
  : > "$work/report"
  systemd-run --quiet --collect --unit="$unit" --description='Clean this guest for its image' \
    /bin/sh "$work/clean-guest.sh" run || return
  waited=0
  while [ ! -e "$work/pid" ] && [ "$waited" -lt 50 ]; do
    sleep 0.2
    waited=$((waited + 1))
  done
  tail -n +1 -s 0.2 --pid="$(cat "$work/pid")" -f "$work/report"
  code=$(cat "$work/status" 2> /dev/null || echo 70)
  echo "clean ended with $code"
  return "$code"
}

main() {
  "$@"
}

main "$@" < /dev/null

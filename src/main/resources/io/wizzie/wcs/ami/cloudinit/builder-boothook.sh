#!/bin/sh
# Runs at every boot of the builder, before the system's timers start. As a boot hook it needs no key
# of cloud-config that the user's own user data might replace, and goes when cloud-init is cleaned.
lifetime=@LIFETIME_SECONDS@

mkdir -p /run/systemd/system

# What would disturb the build. Masked in /run only: the image keeps its timers.
noisy='apt-daily.timer apt-daily.service apt-daily-upgrade.timer apt-daily-upgrade.service
  unattended-upgrades.service apt-news.service esm-cache.service man-db.timer'
# shellcheck disable=SC2086 # words are wanted
{
  systemctl mask --quiet --runtime $noisy
  systemctl stop --quiet --no-block $noisy
} 2> /dev/null

# An abandoned builder ends itself; its first boot sets the deadline, so a reboot does not move it.
deadline_file=/var/lib/cloud/instance/wcs-ami-deadline
now=$(date +%s)
[ -s "$deadline_file" ] || echo "$((now + lifetime))" > "$deadline_file"
left=$(($(cat "$deadline_file") - now))
# One past its deadline ends soon; a clock that jumped back does not prolong its life.
if [ "$left" -gt "$lifetime" ] || [ "$left" -lt 60 ]; then
  left=$((left < 60 ? 60 : lifetime))
fi
# Not shutdown -P +N: without D-Bus, which is not up yet, that shuts down at once (systemd issue
# 17575). Nor systemd-run: it waits for the timer to start, which waits for this boot hook to end.
cat > /run/systemd/system/wcs-ami-builder-lifetime.timer << END
[Timer]
OnActiveSec=$left
AccuracySec=1s
END
cat > /run/systemd/system/wcs-ami-builder-lifetime.service << END
[Service]
Type=oneshot
ExecStart=/bin/systemctl --no-block --job-mode=replace-irreversibly start poweroff.target
END
systemctl daemon-reload
systemctl --no-block start wcs-ami-builder-lifetime.timer

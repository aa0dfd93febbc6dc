# frozen_string_literal: true

#
# Cookbook:: wcsbootstrap
# Recipe:: refresh
#
# Lets every later boot converge the recipe `address`. The unit is enabled but not started: this boot has the address that
# it was set up with. It comes after the target that wants it, which would else wait for the services, and cloud-init for
# the target.

hook = '/usr/local/sbin/wcs-bootstrap'

systemd_unit 'wcs-address.service' do
  content <<~UNIT
    # Written by the cookbook wcsbootstrap. It does nothing before the bootstrap has converged on this instance.
    [Unit]
    Description=Follow a changed address of this WCS instance
    Wants=network-online.target
    After=network-online.target cloud-config.service docker.service multi-user.target
    ConditionPathExists=/var/lib/wcs-ami/bootstrap.json

    [Service]
    Type=oneshot
    ExecStart=#{hook} refresh recipe[wcsbootstrap::address]
    TimeoutStartSec=#{node['wcs']['setup']['timeout']}
    StandardInput=null
    Environment=HOME=/root USER=root LOGNAME=root LANG=C.UTF-8 TERM=dumb
    Environment=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

    [Install]
    WantedBy=multi-user.target
  UNIT
  action %i[create enable]
  # Without the hook there is nobody to start Chef.
  only_if { ::File.executable?(hook) }
end

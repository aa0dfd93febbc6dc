# frozen_string_literal: true

#
# Cookbook:: wcsprov
# Recipe:: updates

updates = node['wcs']['security_updates']

package 'unattended-upgrades' do
  options '--no-install-recommends'
  only_if { updates }
end

file '/etc/apt/apt.conf.d/60wcs-updates' do
  content <<~CONF
    APT::Periodic::Update-Package-Lists "1";
    APT::Periodic::Unattended-Upgrade "1";
    Unattended-Upgrade::Automatic-Reboot "false";
  CONF
  owner 'root'
  group 'root'
  mode '0644'
  action updates ? :create : :delete
end

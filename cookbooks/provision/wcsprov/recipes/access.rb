# frozen_string_literal: true

#
# Cookbook:: wcsprov
# Recipe:: access
#
# How people get in and what greets them.

# Keys only: Marketplace refuses an image that lets a password in. sshd takes the first value it reads, so this
# stands before cloud-init's file.
file '/etc/ssh/sshd_config.d/10-wcs.conf' do
  content <<~CONF
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    PermitRootLogin no
  CONF
  owner 'root'
  group 'root'
  mode '0600'
  notifies :reload, 'service[ssh]', :delayed
end

service 'ssh' do
  action :nothing
end

template '/etc/update-motd.d/60-wcs' do
  source 'motd.erb'
  owner 'root'
  group 'root'
  mode '0755'
  variables home: node['wcs']['home']
end

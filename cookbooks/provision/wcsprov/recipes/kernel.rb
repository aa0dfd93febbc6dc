# frozen_string_literal: true

#
# Cookbook:: wcsprov
# Recipe:: kernel

# systemd applies the file at every boot. It applies it here too, but skips that by itself where /proc/sys is
# read-only, such as in a container; the sysctl resource would fail there.
file '/etc/sysctl.d/60-wcs.conf' do
  content Wcsprov::Settings.sysctl(node['wcs']['sysctl'].to_h)
  owner 'root'
  group 'root'
  mode '0644'
  notifies :restart, 'service[systemd-sysctl]', :delayed
end

service 'systemd-sysctl' do
  action :nothing
end

file '/etc/security/limits.d/60-wcs.conf' do
  content Wcsprov::Settings.limits(node['wcs']['limits'].to_h)
  owner 'root'
  group 'root'
  mode '0644'
end

swap_file node['wcs']['swap']['path'] do
  size node['wcs']['swap']['size_mib']
  persist true
  not_if { node['wcs']['swap']['size_mib'].zero? }
end

# frozen_string_literal: true

#
# Cookbook:: wcsbootstrap
# Recipe:: address
#
# What every later boot does: after a stop and a start an instance has another public address. Secrets and data are left
# alone. Docker starts the services again that say so in their Compose file; WizzVis and its database say nothing.

address = Wcsbootstrap::Address.current(node)
Chef::Log.warn('the metadata service tells no address: the one that is known stays') if address.nil?

unless address.nil?
  wcsbootstrap_setup node['wcs']['prefix'] do
    interface_ip address
    timeout node['wcs']['setup']['timeout']
    action :follow_address
    only_if { node['wcs']['setup']['enabled'] }
  end
end

wcsbootstrap_services 'wcs' do
  prefix node['wcs']['prefix']
  ports node['wcs']['services']['ports'].to_h
  # By nobody since the boot, however short ago the setup was.
  started false
  timeout node['wcs']['services']['timeout']
  only_if { node['wcs']['setup']['enabled'] }
end

include_recipe 'wcsbootstrap::welcome'

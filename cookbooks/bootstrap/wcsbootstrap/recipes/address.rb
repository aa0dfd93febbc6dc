# frozen_string_literal: true

#
# Cookbook:: wcsbootstrap
# Recipe:: address
#
# What every later boot does: after a stop and a start an instance has another public address. Secrets and data are left
# alone.

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

include_recipe 'wcsbootstrap::welcome'

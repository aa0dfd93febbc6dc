# frozen_string_literal: true

#
# Cookbook:: wcsbootstrap
# Recipe:: setup

include_recipe 'wcsbootstrap::secrets'

enabled = node['wcs']['setup']['enabled']

service 'docker' do
  action %i[enable start]
  only_if { enabled }
end

wcsbootstrap_setup node['wcs']['prefix'] do
  checkout ::File.join(node['wcs']['home'], 'community-stack')
  secrets_file ::File.join(node['wcs']['home'], 'secrets.env')
  interface_ip(lazy { Wcsbootstrap::Address.find(node) })
  timeout node['wcs']['setup']['timeout']
  only_if { enabled }
end

wcsbootstrap_services 'wcs' do
  prefix node['wcs']['prefix']
  ports node['wcs']['services']['ports'].to_h
  timeout node['wcs']['services']['timeout']
  only_if { enabled }
end

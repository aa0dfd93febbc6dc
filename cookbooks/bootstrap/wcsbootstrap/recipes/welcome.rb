# frozen_string_literal: true

#
# Cookbook:: wcsbootstrap
# Recipe:: welcome
#
# Last, so that it only says what is true.

file ::File.join(node['wcs']['home'], 'welcome') do
  content(lazy do
    Wcsbootstrap::Welcome.text(
      address: Wcsbootstrap::Address.of_setup(node['wcs']['prefix']) || Wcsbootstrap::Address.find(node),
      prefix: node['wcs']['prefix'], enabled: node['wcs']['setup']['enabled']
    )
  end)
  owner 'root'
  group 'root'
  mode '0644'
end

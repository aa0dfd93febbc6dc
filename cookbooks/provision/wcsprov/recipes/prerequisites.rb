# frozen_string_literal: true

#
# Cookbook:: wcsprov
# Recipe:: prerequisites

apt_update 'package lists' do
  frequency 3600
  retries 2
  retry_delay 10
end

# Chef has no resource for a full upgrade; the guard asks apt what it would do.
execute 'upgrade installed packages' do
  command %w[apt-get -q -y -o Dpkg::Options::=--force-confold dist-upgrade]
  environment 'DEBIAN_FRONTEND' => 'noninteractive', 'NEEDRESTART_MODE' => 'l'
  default_env true
  only_if { node['wcs']['upgrade'] && Wcsprov::Apt.upgradable? }
end

package node['wcs']['prerequisites'].to_a do
  options '--no-install-recommends'
end

directory node['wcs']['home'] do
  owner 'root'
  group 'root'
  mode '0755'
  recursive true
end

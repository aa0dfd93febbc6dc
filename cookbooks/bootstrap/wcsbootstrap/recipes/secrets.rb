# frozen_string_literal: true

#
# Cookbook:: wcsbootstrap
# Recipe:: secrets

directory node['wcs']['home'] do
  owner 'root'
  group 'root'
  mode '0755'
  recursive true
end

wcsbootstrap_secrets ::File.join(node['wcs']['home'], 'secrets.env') do
  lengths 'DB_PASSWORD' => 64, 'SECRET_KEY_BASE' => 128
end

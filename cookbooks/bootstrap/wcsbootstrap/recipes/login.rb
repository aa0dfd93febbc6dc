# frozen_string_literal: true

#
# Cookbook:: wcsbootstrap
# Recipe:: login

unless node['wcs']['login']['user'].empty?
  wcsbootstrap_login node['wcs']['login']['user'] do
    groups node['wcs']['login']['groups'].to_a
    metadata_endpoint node['wcs']['metadata']['endpoint']
  end
end

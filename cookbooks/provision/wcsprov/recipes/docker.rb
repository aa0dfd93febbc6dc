# frozen_string_literal: true

#
# Cookbook:: wcsprov
# Recipe:: docker

include_recipe 'wcsprov::prerequisites'

wcsprov_docker 'engine' do
  packages node['wcs']['docker']['packages'].to_a
  compose_wrapper node['wcs']['docker']['compose_wrapper']
  log_max_size node['wcs']['docker']['log_max_size']
  log_max_files node['wcs']['docker']['log_max_files']
  nofile node['wcs']['docker']['nofile']
  daemon node['wcs']['docker']['daemon'].to_h
end

# frozen_string_literal: true

#
# Cookbook:: wcsprov
# Recipe:: stack

include_recipe 'wcsprov::docker'

checkout = ::File.join(node['wcs']['home'], 'community-stack')

wcsprov_checkout checkout do
  repository node['wcs']['stack']['repository']
  revision node['wcs']['stack']['revision']
  commit node['wcs']['stack']['commit']
end

wcsprov_images 'community-stack' do
  project ::File.join(checkout, 'compose')
  policy node['wcs']['images']['pull']
  timeout node['wcs']['images']['timeout']
  retries 2
  retry_delay 10
end

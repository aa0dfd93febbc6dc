# frozen_string_literal: true

#
# Cookbook:: wcssample
# Recipe:: default
#
# Runs before wcsprov: it makes the repository that wcsprov clones and the image that the services run.

include_recipe 'wcsprov::docker'

# A rehearsal's disk is made of layers, and a folder of a lower layer can't be renamed, which dockerd does with this one
# when it starts on a copy of the image. It makes the folder anew where there is none.
file '/etc/tmpfiles.d/wcssample-docker.conf' do
  content "R! /var/lib/docker/runtimes\n"
  owner 'root'
  group 'root'
  mode '0644'
end

package 'busybox-static' do
  options '--no-install-recommends'
end

wcssample_repository node['wcssample']['repository'] do
  revision node['wcssample']['revision']
end

wcssample_image node['wcssample']['image']

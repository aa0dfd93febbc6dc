# frozen_string_literal: true

#
# Cookbook:: wcssample
# Recipe:: default
#
# Runs before wcsprov: it makes the repository that wcsprov clones and the image that the services run.

include_recipe 'wcsprov::docker'

package 'busybox-static'

wcssample_repository node['wcssample']['repository'] do
  revision node['wcssample']['revision']
end

wcssample_image node['wcssample']['image']

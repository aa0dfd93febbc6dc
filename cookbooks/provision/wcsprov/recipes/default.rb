# frozen_string_literal: true

#
# Cookbook:: wcsprov
# Recipe:: default
#
# Everything that must be in the image before any instance of it boots.

include_recipe 'wcsprov::prerequisites'
include_recipe 'wcsprov::kernel'
include_recipe 'wcsprov::docker'
include_recipe 'wcsprov::stack'
include_recipe 'wcsprov::access'
include_recipe 'wcsprov::updates'

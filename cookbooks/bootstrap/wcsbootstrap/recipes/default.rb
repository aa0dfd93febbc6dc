# frozen_string_literal: true

#
# Cookbook:: wcsbootstrap
# Recipe:: default
#
# What every instance does at its first boot.

include_recipe 'wcsbootstrap::login'
include_recipe 'wcsbootstrap::secrets'
include_recipe 'wcsbootstrap::setup'
include_recipe 'wcsbootstrap::welcome'
include_recipe 'wcsbootstrap::refresh'

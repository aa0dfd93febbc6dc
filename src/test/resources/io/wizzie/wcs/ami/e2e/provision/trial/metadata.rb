# frozen_string_literal: true

name 'trial'
version '1.2.3'
chef_version '>= 16'

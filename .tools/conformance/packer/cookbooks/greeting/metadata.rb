# frozen_string_literal: true

name 'greeting'
version '1.0.0'
chef_version '>= 16'

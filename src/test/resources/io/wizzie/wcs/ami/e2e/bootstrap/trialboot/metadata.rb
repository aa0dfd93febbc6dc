# frozen_string_literal: true

name 'trialboot'
version '4.5.6'
chef_version '>= 16'

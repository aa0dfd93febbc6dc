# frozen_string_literal: true

require 'yaml'

module Wcsprov
  # What a Compose project says, whichever version of Compose reads it.
  module Compose
    # The images that the services name, from the output of `docker-compose config`. A service that is built here
    # has nothing to pull.
    def self.images(config)
      services = YAML.safe_load(config, aliases: true).fetch('services', {})
      services.each_value.reject { |service| service.key?('build') }.map { |service| service['image'] }.compact.uniq.sort
    end
  end
end

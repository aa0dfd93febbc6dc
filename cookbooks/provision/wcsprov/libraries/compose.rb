# frozen_string_literal: true

require 'yaml'

module Wcsprov
  # What a Compose project says, whichever version of Compose reads it.
  module Compose
    # The images that the services name, from the output of `docker-compose config`. A service that is built here
    # has nothing to pull.
    def self.images(config)
      services(config).each_value.reject { |service| service.key?('build') }.map { |one| one['image'] }.compact.uniq.sort
    end

    # The images that are built here, each with the first service that says how. One without a name of its own is
    # left out: it is called after the project, whose name is only known when it is set up.
    def self.built(config)
      own = services(config).select { |_, service| service.key?('build') && service['image'] }
      own.sort.reverse.to_h { |name, service| [service['image'], name] }.sort.to_h
    end

    def self.services(config)
      YAML.safe_load(config, aliases: true).fetch('services', {})
    end
    private_class_method :services
  end
end

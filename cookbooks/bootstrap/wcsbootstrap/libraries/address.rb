# frozen_string_literal: true

module Wcsbootstrap
  # The address under which clients reach this instance.
  module Address
    # The attribute if set, the public address, the private one, and without a metadata service the one that Ohai found.
    def self.find(node)
      given = node['wcs']['address']
      return given unless given.nil?

      endpoint = node['wcs']['metadata']['endpoint']
      choose(endpoint.empty? ? {} : InstanceMetadata.new(endpoint), node['ipaddress'])
    end

    # The same for an instance that has one already: nil while the metadata service does not answer, since what was
    # true yesterday is better than a guess.
    def self.current(node, pause: ->(seconds) { sleep(seconds) })
      given = node['wcs']['address']
      return given unless given.nil?

      endpoint = node['wcs']['metadata']['endpoint']
      return node['ipaddress'] if endpoint.empty?

      metadata = InstanceMetadata.new(endpoint, pause: pause)
      metadata.answers? ? metadata['public-ipv4'] || metadata['local-ipv4'] : nil
    end

    # The one that WCS runs with; nil before it is set up.
    def self.of_setup(prefix)
      EnvFile.read(::File.join(prefix, 'etc/wcs/.env'))['INTERFACE_IP']
    end

    def self.choose(metadata, fallback)
      metadata['public-ipv4'] || metadata['local-ipv4'] || fallback ||
        raise('this instance has no address: set node["wcs"]["address"]')
    end
  end
end

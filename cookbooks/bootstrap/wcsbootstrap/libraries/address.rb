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

    def self.choose(metadata, fallback)
      metadata['public-ipv4'] || metadata['local-ipv4'] || fallback ||
        raise('this instance has no address: set node["wcs"]["address"]')
    end
  end
end

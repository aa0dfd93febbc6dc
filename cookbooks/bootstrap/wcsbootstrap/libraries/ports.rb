# frozen_string_literal: true

require 'socket'

module Wcsbootstrap
  # Whether something listens on this machine.
  module Ports
    CONNECT_SECONDS = 2

    def self.open?(port, host: '127.0.0.1')
      Socket.tcp(host, port, connect_timeout: CONNECT_SECONDS) { true }
    rescue SystemCallError
      false
    end

    # Those of the named ports that nothing listens on.
    def self.closed(ports)
      ports.reject { |_, port| open?(port) }
    end
  end
end

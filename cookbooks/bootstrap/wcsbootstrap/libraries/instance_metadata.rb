# frozen_string_literal: true

require 'net/http'
require 'uri'

module Wcsbootstrap
  # The instance metadata service, version 2: a session token first, then questions with it.
  class InstanceMetadata
    TOKEN_PATH = '/latest/api/token'
    TOKEN_SECONDS = 300
    TIMEOUT_SECONDS = 2
    ATTEMPTS = 3
    NOT_REACHED = [SystemCallError, SocketError, Net::OpenTimeout, Net::ReadTimeout, EOFError].freeze

    def initialize(endpoint, pause: ->(seconds) { sleep(seconds) })
      @endpoint = URI.parse(endpoint)
      @pause = pause
    end

    # Whether there is a service that answers.
    def answers?
      !token.nil?
    end

    # The value at a path below `meta-data`, or nil when the instance has none or there is no service.
    def [](path)
      return nil if token.nil?

      request = Net::HTTP::Get.new("/latest/meta-data/#{path}", 'X-aws-ec2-metadata-token' => token)
      response = ask(request)
      response.is_a?(Net::HTTPSuccess) && !response.body.strip.empty? ? response.body.strip : nil
    end

    private

    def token
      return @token if defined?(@token)

      request = Net::HTTP::Put.new(TOKEN_PATH, 'X-aws-ec2-metadata-token-ttl-seconds' => TOKEN_SECONDS.to_s)
      response = ask(request)
      @token = response.is_a?(Net::HTTPSuccess) ? response.body.strip : nil
    end

    # A server error passes, as does a service that is not up yet; a refusal does not.
    def ask(request)
      attempt = 0
      begin
        attempt += 1
        response = send_once(request)
        raise EOFError, 'server error' if response.is_a?(Net::HTTPServerError)

        response
      rescue *NOT_REACHED
        return nil if attempt == ATTEMPTS

        @pause.call(attempt)
        retry
      end
    end

    # Never through a proxy: the address is link-local.
    def send_once(request)
      Net::HTTP.start(@endpoint.host, @endpoint.port, nil, open_timeout: TIMEOUT_SECONDS, read_timeout: TIMEOUT_SECONDS,
                                                           max_retries: 0) { |http| http.request(request) }
    end
  end
end

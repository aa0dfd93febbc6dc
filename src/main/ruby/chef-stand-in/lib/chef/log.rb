# frozen_string_literal: true

class Chef
  # Chef's logger, in its line format. Levels below the configured one are dropped.
  class Log
    LEVELS = %i[trace debug info warn error fatal].freeze

    class << self
      attr_writer :output

      def level
        @level || :warn
      end

      def level=(name)
        name = name.to_sym
        @level = name == :auto ? :warn : name
        return if LEVELS.include?(@level)

        raise Chef::Exceptions::ConfigurationError, "unknown log level '#{name}', one of auto, #{LEVELS.join(', ')}"
      end

      LEVELS.each do |name|
        define_method(name) { |message = nil, &block| write(name, message || block&.call) }
        define_method(:"#{name}?") { LEVELS.index(name) >= LEVELS.index(level) }
      end

      private

      def write(name, message)
        return unless public_send(:"#{name}?")

        (@output || $stdout).puts("[#{Time.now.iso8601}] #{name.to_s.upcase}: #{StandIn.text(message)}")
      end
    end
  end
end

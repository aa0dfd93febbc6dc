# frozen_string_literal: true

class Chef
  class Resource
    # One `not_if` or `only_if` of a resource.
    class Conditional
      OPTIONS = %i[cwd user group environment env umask timeout login].freeze

      attr_reader :kind, :command

      def initialize(kind, resource, command, options, block)
        raise ArgumentError, 'only_if/not_if requires either a command or a block' unless command || block

        @kind = kind
        @resource = resource
        @command = command
        @options = options
        @block = block
        unknown = options.keys - OPTIONS
        raise StandIn::Unsupported, "option '#{unknown.first}' of #{kind}" unless unknown.empty?
      end

      def continue?
        kind == :only_if ? truth : !truth
      end

      def to_text
        command ? "#{kind} \"#{command}\"" : "#{kind} { #code block }"
      end

      private

      def truth
        return @block.call if @command.nil?

        options = @resource.guard_options.merge(@options)
        !Mixin::ShellOut.shell_out(@command, **options).error?
      rescue Exceptions::CommandTimeout
        Chef::Log.warn("Command '#{@command}' timed out")
        false
      end
    end
  end
end

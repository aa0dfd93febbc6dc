# frozen_string_literal: true

class Chef
  # Commands and scripts.
  class Resource
    # A command.
    class Execute < Resource
      resource_name :execute
      property :command, [String, Array], name_property: true, desired_state: false
      property :cwd, String, desired_state: false
      property :environment, Hash, desired_state: false
      property :user, [String, Integer], desired_state: false
      property :group, [String, Integer], desired_state: false
      property :creates, String, desired_state: false
      property :returns, [Integer, Array], default: 0, desired_state: false
      property :timeout, [Integer, String, Float], default: 3600, desired_state: false
      property :input, String, desired_state: false
      property :live_stream, [true, false], default: false, desired_state: false
      property :default_env, [true, false], default: false, desired_state: false
      property :login, [true, false], default: false, desired_state: false
      alias env environment

      def guard_options
        { cwd: cwd, user: user, group: group, environment: environment, umask: umask }.compact
      end

      default_action :run
      action_class do
        def command_options
          raise StandIn::Unsupported, 'login true of execute' if new_resource.login

          options = { timeout: new_resource.timeout, returns: new_resource.returns }
          options.merge!(new_resource.guard_options)
          options[:input] = new_resource.input if new_resource.input
          options[:default_env] = new_resource.default_env
          options[:live_stdout] = options[:live_stderr] = StandIn::LiveOutput.new(run_context.report, new_resource) if live?
          options
        end

        def live?
          new_resource.live_stream && !new_resource.sensitive
        end

        def shown_command
          return 'sensitive resource' if new_resource.sensitive

          new_resource.command.is_a?(Array) ? new_resource.command.inspect : new_resource.command
        end

        def created_already?
          file = new_resource.creates
          return false if file.nil?

          if !file.start_with?('/') && !new_resource.cwd
            raise Exceptions::Exec,
                  'creates must be an absolute path when there is no cwd'
          end

          ::File.exist?(::File.expand_path(file, new_resource.cwd))
        end
      end

      action :run do
        unless created_already?
          converge_by("execute #{shown_command}") do
            shell_out!(*Array(new_resource.command), **command_options)
          rescue Mixlib::ShellOut::ShellCommandFailed
            raise unless new_resource.sensitive

            raise Mixlib::ShellOut::ShellCommandFailed,
                  'Command execution failed. STDOUT/STDERR suppressed for sensitive resource'
          end
        end
      end
    end

    # A script for an interpreter.
    class Script < Execute
      resource_name :script
      property :interpreter, String, desired_state: false
      property :code, String, required: true, desired_state: false
      property :flags, String, default: '', desired_state: false
      property :command, [String, Array, nil], desired_state: false

      action_class do
        def shown_command
          "\"#{new_resource.interpreter}\" #{new_resource.flags}"
        end
      end

      action :run do
        unless created_already?
          converge_by("execute #{shown_command}") do
            words = [new_resource.interpreter, *new_resource.flags.split]
            shell_out!(*words, **command_options, input: new_resource.code)
          end
        end
      end
    end

    # A Bash script.
    class Bash < Script
      resource_name :bash
      property :interpreter, String, default: 'bash', desired_state: false
    end

    # Scripts for other interpreters.
    %w[csh ksh perl python ruby].each do |program|
      const_set(program.capitalize, Class.new(Script) do
        resource_name program.to_sym
        property :interpreter, String, default: program, desired_state: false
      end)
    end
  end
end

module StandIn
  # Passes a command's output on as it comes, under the name of its resource.
  class LiveOutput
    def initialize(report, resource)
      @report = report
      @resource = resource
    end

    def <<(text)
      @report.stream(text, @resource)
      self
    end
  end
end

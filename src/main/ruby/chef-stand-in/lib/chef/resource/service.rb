# frozen_string_literal: true

class Chef
  class Resource
    # A systemd service.
    class Service < Resource
      resource_name :service
      provides :systemd_service
      property :service_name, String, name_property: true
      property :supports, Hash, default: {}, desired_state: false,
                                coerce: ->(v) { v.is_a?(Array) ? v.to_h { |one| [one, true] } : v }
      property :timeout, [Integer, String], default: 900, desired_state: false
      property :options, [String, Array], desired_state: false
      property :init_command, String, desired_state: false

      default_action :nothing
      action_class do
        def systemctl(verb)
          shell_out!('systemctl', '--system', verb, new_resource.service_name, timeout: new_resource.timeout.to_i,
                                                                               default_env: false)
        end

        def active?
          !shell_out('systemctl', '--system', 'is-active', new_resource.service_name, '--quiet').error?
        end

        def unit_file_state
          shell_out('systemctl', '--system', 'is-enabled', new_resource.service_name).stdout.strip
        end

        # A static or indirect unit can't be enabled and needs not be.
        def enabled?
          %w[enabled static indirect alias generated enabled-runtime].include?(unit_file_state)
        end

        def change(verb, text = verb)
          converge_by("#{text} service #{new_resource}") { systemctl(verb) }
        end
      end

      action(:start) { change('start') unless active? }
      action(:stop) { change('stop') if active? }
      action(:restart) { change('restart') }
      action(:reload) { active? && change('reload') }
      action(:enable) { change('enable') unless enabled? }
      action(:disable) { change('disable') if %w[enabled enabled-runtime].include?(unit_file_state) }
      action(:mask) { change('mask') unless unit_file_state.start_with?('masked') }
      action(:unmask) { change('unmask') if unit_file_state.start_with?('masked') }
    end

    # A unit file with its state.
    class SystemdUnit < Resource
      FOLDER = '/etc/systemd/system'
      DOING = { 'enable' => 'enabling', 'disable' => 'disabling', 'mask' => 'masking', 'unmask' => 'unmasking',
                'start' => 'starting', 'stop' => 'stopping', 'restart' => 'restarting', 'reload' => 'reloading',
                'try-restart' => 'try-restarting' }.freeze

      resource_name :systemd_unit
      unified_mode true
      property :unit_name, String, name_property: true
      property :content, [String, Hash], coerce: ->(v) { v.is_a?(Hash) ? StandIn::UnitFile.render(v) : v }
      property :triggers_reload, [true, false], default: true, desired_state: false
      property :verify, [true, false], default: true, desired_state: false
      property :user, [String, nil], desired_state: false

      def after_created
        raise StandIn::Unsupported, 'user units of systemd_unit' if user

        super
      end

      default_action :nothing
      action_class do
        def path
          ::File.join(FOLDER, new_resource.unit_name)
        end

        def systemctl(*words)
          shell_out!('systemctl', '--system', *words)
        end

        def state(query)
          shell_out('systemctl', '--system', query, new_resource.unit_name).stdout.strip
        end

        def change(verb)
          converge_by("#{SystemdUnit::DOING.fetch(verb)} unit: #{new_resource.unit_name}") do
            systemctl(verb, new_resource.unit_name)
          end
        end

        def reload
          systemctl('daemon-reload') if new_resource.triggers_reload
        end

        # As in Chef the file is a resource of its own; it comes first and is counted.
        def unit_file(what)
          content = new_resource.content
          verification = new_resource.verify ? 'systemd-analyze verify %<path>s' : nil
          declare_resource(:file, path) do
            content(content)
            mode('0644')
            owner('root')
            group('root')
            verify(verification)
            action(what)
          end
        end
      end

      action :create do
        unless ::File.file?(path) && ::File.read(path) == new_resource.content
          converge_by("creating unit: #{new_resource.unit_name}") do
            unit_file(:create)
            reload
          end
        end
      end

      action :delete do
        if ::File.file?(path)
          converge_by("deleting unit: #{new_resource.unit_name}") do
            unit_file(:delete)
            reload
          end
        end
      end

      action(:enable) { change('enable') unless %w[enabled static indirect alias].include?(state('is-enabled')) }
      action(:disable) { change('disable') if state('is-enabled') == 'enabled' }
      action(:start) { change('start') unless state('is-active') == 'active' }
      action(:stop) { change('stop') if state('is-active') == 'active' }
      action(:restart) { change('restart') }
      action(:reload) { change('reload') }
      action(:try_restart) { change('try-restart') }
      action(:mask) { change('mask') unless state('is-enabled') == 'masked' }
      action(:unmask) { change('unmask') if state('is-enabled') == 'masked' }
    end
  end
end

module StandIn
  # A unit file from a hash of sections.
  module UnitFile
    def self.render(sections)
      sections.map { |name, body| section(name, body) }.join("\n")
    end

    def self.section(name, body)
      return "[#{name}]\n#{body.strip}\n" if body.is_a?(String)

      lines = body.flat_map { |key, value| Array(value).map { |one| "#{key} = #{one}\n" } }
      "[#{name}]\n#{lines.join}"
    end
  end
end

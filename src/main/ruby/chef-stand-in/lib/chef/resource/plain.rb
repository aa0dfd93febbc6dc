# frozen_string_literal: true

class Chef
  class Resource
    # A line in the log.
    class Log < Resource
      resource_name :log
      property :message, String, name_property: true, desired_state: false
      property :level, Symbol, equal_to: %i[trace debug info warn error fatal], default: :info, desired_state: false

      def suppress_up_to_date_messages?
        true
      end

      default_action :write
      # Writing a line changes nothing, so it does not count as an update.
      action(:write) { Chef::Log.public_send(new_resource.level, new_resource.message) }
    end

    # Ruby at converge time.
    class RubyBlock < Resource
      resource_name :ruby_block
      property :block_name, String, name_property: true, desired_state: false

      def block(&code)
        @block = code if code
        @block
      end

      default_action :run
      action(:run) { converge_by("execute the ruby block #{new_resource.name}") { new_resource.block.call } }
      action(:create) { converge_by("execute the ruby block #{new_resource.name}") { new_resource.block.call } }
    end

    # Nothing but its notifications.
    class NotifyGroup < Resource
      resource_name :notify_group

      default_action :nothing
      action(:run) { new_resource.updated_by_last_action(true) }
    end

    # A pause.
    class ChefSleep < Resource
      resource_name :chef_sleep
      property :seconds, [String, Integer], coerce: ->(v) { Integer(v) }, name_property: true

      default_action :sleep
      action(:sleep) { converge_by("sleep #{new_resource.seconds} seconds") { sleep(new_resource.seconds) } }
    end

    # A reboot, now or at the end of the run.
    class Reboot < Resource
      resource_name :reboot
      property :reason, String, default: 'Reboot by Chef Infra Client', desired_state: false
      property :delay_mins, Integer, default: 0, desired_state: false

      default_action :nothing
      action_class do
        def request
          StandIn::Reboot::Request.new(new_resource.delay_mins, new_resource.reason)
        end
      end

      action :request_reboot do
        converge_by('request a system reboot to occur if the run succeeds') { run_context.request_reboot(request) }
      end

      action :reboot_now do
        converge_by('rebooting system immediately') do
          Chef::Log.warn("Rebooting system immediately, requested by '#{new_resource.name}'")
          run_context.request_reboot(request)
          raise Exceptions::Reboot, 'rebooting immediately'
        end
      end

      action(:cancel) { converge_by('cancel any existing end-of-run reboot request') { run_context.cancel_reboot } }
    end
  end
end

# frozen_string_literal: true

module StandIn
  # Asks the machine to reboot, in the way Chef does.
  class Reboot
    Request = Struct.new(:delay_minutes, :reason)

    # Returns what to say about it.
    def self.schedule(request)
      Chef::Mixin::ShellOut.shell_out!('shutdown', '-r', "+#{request.delay_minutes}", request.reason)
      "Rebooting server at a recipe's request. Details: delay #{request.delay_minutes} minutes, #{request.reason}"
    end
  end
end

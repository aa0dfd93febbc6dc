# frozen_string_literal: true

module Wcsbootstrap
  # What greets people who log in.
  module Welcome
    WIZZVIS_PORT = 3000

    def self.text(address:, prefix:, enabled:)
      return "\nWizzie Community Stack: installed, not set up (wcs.setup.enabled is false).\n\n" unless enabled

      <<~TEXT

        Wizzie Community Stack: set up.
          WizzVis   http://#{address}:#{WIZZVIS_PORT}
          services  sudo #{prefix}/bin/wcs compose ps

      TEXT
    end
  end
end

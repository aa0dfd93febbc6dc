# frozen_string_literal: true

require 'json'

module Wcsprov
  # The text of configuration files.
  module Settings
    HEADER = "# Written by the cookbook wcsprov.\n"

    # Docker's daemon.json. A private cgroup namespace is Docker's own default where cgroups are of version 2; said
    # here it holds for version 1 too. With live-restore dockerd would leave the containers running when the system
    # goes down: nobody would stop Kafka and PostgreSQL in order, and systemd would wait 90 s before it kills them.
    def self.daemon(log_max_size:, log_max_files:, nofile:, extra:)
      settings = {
        'log-driver' => 'json-file',
        'log-opts' => { 'max-size' => log_max_size, 'max-file' => log_max_files.to_s },
        'live-restore' => false,
        'default-cgroupns-mode' => 'private'
      }
      ulimit = { 'Name' => 'nofile', 'Soft' => nofile, 'Hard' => nofile }
      settings['default-ulimits'] = { 'nofile' => ulimit } if nofile.positive?
      "#{JSON.pretty_generate(settings.merge(extra))}\n"
    end

    def self.sysctl(parameters)
      HEADER + parameters.map { |name, value| "#{name} = #{value}\n" }.join
    end

    # Limits of login sessions; pam_limits leaves root out of `*`.
    def self.limits(limits)
      lines = limits.reject { |_, value| value.zero? }.flat_map do |item, value|
        %w[* root].map { |who| "#{who} - #{item} #{value}\n" }
      end
      HEADER + lines.join
    end
  end
end

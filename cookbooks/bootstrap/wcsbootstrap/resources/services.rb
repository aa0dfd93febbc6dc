# frozen_string_literal: true

unified_mode true
provides :wcsbootstrap_services
resource_name :wcsbootstrap_services

description 'The services of WCS, started where they do not run, and checked by their ports'

property :prefix, String, default: '/usr/local',
                          description: 'Where WCS is installed'
property :ports, Hash, required: true,
                       description: 'Name and port of each service that must answer'
property :started, [true, false], default: true,
                                  description: 'Whether the setup may just have started them, so that they get time first'
property :timeout, Integer, default: 600,
                            description: 'Seconds that the services may take'

default_action :start

action :start, description: 'Start the services that do not answer, and wait for them' do
  # Just after the setup the services may still be starting, which is no reason to start them again.
  running = wait_for_ports(new_resource.timeout) if new_resource.started && setup_just_ran?
  unless running || closed.empty?
    converge_by("start services: #{closed.keys.join(', ')}") do
      shell_out!(::File.join(new_resource.prefix, 'bin/wcs'), 'up', '-d',
                 environment: { 'HOME' => '/root', 'TERM' => 'linux' })
      raise failure unless wait_for_ports(new_resource.timeout)
    end
  end
end

action_class do
  def closed
    Wcsbootstrap::Ports.closed(new_resource.ports)
  end

  def wait_for_ports(seconds)
    deadline = now + seconds
    until closed.empty?
      return false if now > deadline

      sleep(2)
    end
    true
  end

  def now
    Process.clock_gettime(Process::CLOCK_MONOTONIC)
  end

  def setup_just_ran?
    env_file = ::File.join(new_resource.prefix, 'etc/wcs/.env')
    ::File.exist?(env_file) && ::File.mtime(env_file) > Time.now - new_resource.timeout
  end

  def failure
    late = closed.map { |name, port| "#{name} (port #{port})" }.join(', ')
    "these services do not answer after #{new_resource.timeout} s: #{late}; see: #{new_resource.prefix}/bin/wcs compose ps"
  end
end

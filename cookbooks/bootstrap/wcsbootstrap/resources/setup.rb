# frozen_string_literal: true

unified_mode true
provides :wcsbootstrap_setup
resource_name :wcsbootstrap_setup

description "WCS's own setup, run without asking anything"

property :prefix, String, name_property: true,
                          description: 'Where the setup installs to'
property :checkout, String, required: true, desired_state: false,
                            description: 'Folder of the community stack'
property :secrets_file, String, required: true, desired_state: false,
                                description: 'File of the secrets that the setup would ask for'
property :interface_ip, String, required: true,
                                description: 'The address that clients reach'
property :db_user, String, default: 'postgres', desired_state: false,
                           description: 'User of the database'
property :timeout, Integer, default: 1800, desired_state: false,
                            description: 'Seconds for the setup'

load_current_value do |wanted|
  values = Wcsbootstrap::EnvFile.read(::File.join(wanted.prefix, 'etc/wcs/.env'))
  current_value_does_not_exist! if values.empty?
  interface_ip values['INTERFACE_IP'].to_s
end

action :run, description: 'Set up, or follow a changed address' do
  converge_if_changed :interface_ip do
    current_resource.nil? ? run_setup : change_address
  end

  # The setup writes the secrets into it, readable for all.
  file env_file do
    owner 'root'
    group 'root'
    mode '0600'
    only_if { ::File.exist?(env_file) }
  end
end

action_class do
  def env_file
    ::File.join(new_resource.prefix, 'etc/wcs/.env')
  end

  # Answers to all that the setup asks; it calls `clear`, which needs a terminal's name.
  def answers
    secrets = Wcsbootstrap::EnvFile.read(new_resource.secrets_file)
    secrets.merge('PREFIX' => new_resource.prefix, 'INTERFACE_IP' => new_resource.interface_ip,
                  'DB_USER' => new_resource.db_user, 'TERM' => 'linux', 'DEBIAN_FRONTEND' => 'noninteractive')
  end

  # A setup that fails half-way must be run again by the next converge.
  def run_setup
    shell_out!('bash', 'setups/linux_setup.sh', cwd: new_resource.checkout, environment: answers,
                                                timeout: new_resource.timeout)
  rescue Mixlib::ShellOut::ShellCommandFailed, Chef::Exceptions::CommandTimeout
    ::File.rename(env_file, "#{env_file}.failed") if ::File.exist?(env_file)
    raise
  end

  def change_address
    text = Wcsbootstrap::EnvFile.replace(::File.read(env_file), 'INTERFACE_IP', new_resource.interface_ip)
    ::File.write(env_file, text)
    shell_out!(::File.join(new_resource.prefix, 'bin/wcs'), 'up', '-d', environment: { 'TERM' => 'linux' },
                                                                        timeout: new_resource.timeout)
  end
end

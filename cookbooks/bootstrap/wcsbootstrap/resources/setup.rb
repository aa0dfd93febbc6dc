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

  # `clear`, which the setup calls, needs a terminal's name; cloud-init sets no HOME.
  def surroundings
    { 'HOME' => '/root', 'TERM' => 'linux', 'DEBIAN_FRONTEND' => 'noninteractive' }
  end

  def secrets
    Wcsbootstrap::EnvFile.read(new_resource.secrets_file)
  end

  # Answers to all that the setup asks.
  def answers
    secrets.merge('PREFIX' => new_resource.prefix, 'INTERFACE_IP' => new_resource.interface_ip,
                  'DB_USER' => new_resource.db_user)
  end

  # A setup that fails half-way must be run again by the next converge. What it wrote may have secrets in it.
  def run_setup
    shell_out!('bash', 'setups/linux_setup.sh', cwd: new_resource.checkout, environment: surroundings.merge(answers),
                                                timeout: new_resource.timeout)
  rescue Mixlib::ShellOut::ShellCommandFailed, Chef::Exceptions::CommandTimeout => e
    ::File.delete(env_file) if ::File.exist?(env_file)
    raise e.class, secrets.values.reduce(e.message) { |text, secret| text.gsub(secret, '[secret]') }
  end

  def change_address
    text = Wcsbootstrap::EnvFile.replace(::File.read(env_file), 'INTERFACE_IP', new_resource.interface_ip)
    ::File.write(env_file, text)
    shell_out!(::File.join(new_resource.prefix, 'bin/wcs'), 'up', '-d', environment: surroundings,
                                                                        timeout: new_resource.timeout)
  end
end

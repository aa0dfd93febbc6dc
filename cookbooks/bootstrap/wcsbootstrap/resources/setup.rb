# frozen_string_literal: true

unified_mode true
provides :wcsbootstrap_setup
resource_name :wcsbootstrap_setup

description "WCS's own setup, run without asking anything"

property :prefix, String, name_property: true,
                          description: 'Where the setup installs to'
property :checkout, String, required: [:run], desired_state: false,
                            description: 'Folder of the community stack'
property :secrets_file, String, required: [:run], desired_state: false,
                                description: 'File of the secrets that the setup would ask for'
property :interface_ip, String, required: true,
                                description: 'The address that clients reach'
property :db_user, String, default: 'postgres', desired_state: false,
                           description: 'User of the database'
property :timeout, Integer, default: 1800, desired_state: false,
                            description: 'Seconds for the setup'

load_current_value do |wanted|
  env_file = ::File.join(wanted.prefix, 'etc/wcs/.env')
  values = Wcsbootstrap::EnvFile.read(env_file)
  # A machine that loses power in mid-setup has a file of WCS's own placeholders.
  current_value_does_not_exist! if values.empty? || ::File.exist?("#{env_file}.unfinished")
  interface_ip values['INTERFACE_IP'].to_s
end

action :run, description: 'Set up, or follow a changed address' do
  directory ::File.dirname(env_file) do
    recursive true
  end

  # Before the setup, which copies WCS's own over it and puts the secrets in, both of which keep a file's mode: so they
  # are readable for nobody else at any time.
  file env_file do
    owner 'root'
    group 'root'
    mode '0600'
    sensitive true
  end

  converge_if_changed :interface_ip do
    current_resource.nil? ? run_setup : change_address
  end
end

action :follow_address, description: 'Follow a changed address, where WCS is set up; nothing else is touched' do
  unless current_resource.nil?
    converge_if_changed :interface_ip do
      change_address
    end
  end
end

action_class do
  def env_file
    ::File.join(new_resource.prefix, 'etc/wcs/.env')
  end

  def unfinished
    "#{env_file}.unfinished"
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

  # A setup that fails or is cut off half-way must be run again by the next converge. What it wrote may have secrets in it.
  def run_setup
    ::File.write(unfinished, '')
    shell_out!('bash', 'setups/linux_setup.sh', cwd: new_resource.checkout, environment: surroundings.merge(answers),
                                                timeout: new_resource.timeout)
    # Where the setup has put another file in its place.
    ::File.chmod(0o600, env_file)
    refuse_defaults
    ::File.delete(unfinished)
  rescue Mixlib::ShellOut::ShellCommandFailed, Chef::Exceptions::CommandTimeout => e
    ::File.delete(env_file) if ::File.exist?(env_file)
    raise e.class, secrets.values.reduce(e.message) { |text, secret| text.gsub(secret, '[secret]') }
  end

  # No two instances may have the same password, such as one that WCS's own file comes with.
  def refuse_defaults
    written = Wcsbootstrap::EnvFile.read(env_file)
    ignored = secrets.reject { |name, value| written[name] == value }.keys
    raise "WCS's setup has not taken #{ignored.join(', ')} into #{env_file}" unless ignored.empty?
  end

  # All at once, and never readable for others: a power failure must not cost the secrets that are in it.
  def write_env_file(text)
    part = "#{env_file}.part"
    ::File.open(part, ::File::WRONLY | ::File::CREAT | ::File::TRUNC, 0o600) do |file|
      file.write(text)
      file.fsync
    end
    ::File.rename(part, env_file)
  end

  # Where the services could not follow, the old address stays on record, so that the next converge tries again.
  def change_address
    before = ::File.read(env_file)
    write_env_file(Wcsbootstrap::EnvFile.replace(before, 'INTERFACE_IP', new_resource.interface_ip))
    restart_services
  rescue Mixlib::ShellOut::ShellCommandFailed, Chef::Exceptions::CommandTimeout
    write_env_file(before)
    raise
  end

  def restart_services
    shell_out!(::File.join(new_resource.prefix, 'bin/wcs'), 'up', '-d', environment: surroundings,
                                                                        timeout: new_resource.timeout)
  end
end

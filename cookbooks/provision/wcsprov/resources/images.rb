# frozen_string_literal: true

require 'fileutils'
require 'tmpdir'

unified_mode true
provides :wcsprov_images
resource_name :wcsprov_images

description 'The images of a Compose project, pulled and built while the machine image is built'

property :project, String, required: true,
                           description: 'Folder of the Compose files, `*.yaml`'
property :policy, String, equal_to: %w[required best-effort skip], default: 'required',
                          description: 'What a failure means: an error, a warning; or nothing is pulled at all'
property :timeout, Integer, default: 900,
                            description: 'Seconds for one image'

action :pull, description: 'Pull and build what is not here yet' do
  return if new_resource.policy == 'skip' || (Chef::Config[:why_run] && !::File.directory?(new_resource.project))

  configuration = compose('config').stdout
  Wcsprov::Compose.images(configuration).reject { |image| here?(image) }.each { |image| pull(image) }
  # After the pulls: what is built here is built upon one of them.
  Wcsprov::Compose.built(configuration).reject { |image, _| here?(image) }.each { |image, service| build(image, service) }
end

action_class do
  # The variables that WCS's setup writes at first boot: values stand in so that the files can be read before.
  def placeholders
    { 'INTERFACE_IP' => '127.0.0.1', 'SECRET_KEY_BASE' => 'unset', 'DB_USER' => 'postgres', 'DB_PASSWORD' => 'unset' }
  end

  # The file beside the folder says what the Compose files leave open, such as versions.
  def environment_file
    ::File.expand_path('../.env', new_resource.project)
  end

  # As WCS's own command does it: all files, and the environment at the place where its setup puts it, which services
  # name too.
  def compose(*words)
    ::Dir.mktmpdir('wcsprov') do |prefix|
      file = ::File.join(prefix, 'etc/wcs/.env')
      ::FileUtils.mkdir_p(::File.dirname(file))
      ::File.write(file, ::File.file?(environment_file) ? ::File.read(environment_file) : '')
      shell_out!('docker-compose', '--env-file', file, *files, *words,
                 cwd: new_resource.project, timeout: new_resource.timeout,
                 environment: placeholders.merge('PREFIX' => prefix))
    end
  end

  def files
    ::Dir.glob('*.yaml', base: new_resource.project).sort.flat_map { |name| ['--file', name] }
  end

  def here?(image)
    !shell_out('docker', 'image', 'inspect', image).error?
  end

  def reason(error)
    error.message[/^STDERR: (.+)$/, 1] || error.message.lines.first.strip
  end

  def pull(image)
    converge_by("pull #{image}") do
      shell_out!('docker', 'pull', '--quiet', image, timeout: new_resource.timeout)
    end
  rescue Mixlib::ShellOut::ShellCommandFailed, Chef::Exceptions::CommandTimeout => e
    tell("pull #{image}", e)
  end

  def build(image, service)
    converge_by("build #{image}") do
      compose('build', service)
    end
  rescue Mixlib::ShellOut::ShellCommandFailed, Chef::Exceptions::CommandTimeout => e
    tell("build #{image}", e)
  end

  def tell(task, error)
    raise error if new_resource.policy == 'required'

    Chef::Log.warn("could not #{task}, which is left to the first boot: #{reason(error)}")
  end
end

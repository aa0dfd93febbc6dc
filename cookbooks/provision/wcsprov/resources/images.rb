# frozen_string_literal: true

unified_mode true
provides :wcsprov_images
resource_name :wcsprov_images

description 'The images of a Compose project, pulled while the machine image is built'

property :project, String, required: true,
                           description: 'Folder that holds docker-compose.yaml'
property :policy, String, equal_to: %w[required best-effort skip], default: 'required',
                          description: 'What a failed pull means: an error, a warning; or nothing is pulled at all'
property :timeout, Integer, default: 900,
                            description: 'Seconds for one image'

action :pull, description: 'Pull what is not here yet' do
  return if new_resource.policy == 'skip'

  missing_images.each { |image| pull(image) }
end

action_class do
  # The variables that WCS's setup writes at first boot: values stand in so that the file can be read before.
  def placeholders
    { 'PREFIX' => '/usr/local', 'INTERFACE_IP' => '127.0.0.1', 'SECRET_KEY_BASE' => 'unset',
      'DB_USER' => 'postgres', 'DB_PASSWORD' => 'unset' }
  end

  def missing_images
    return [] if Chef::Config[:why_run] && !::File.directory?(new_resource.project)

    Wcsprov::Compose.images(configuration).reject { |image| here?(image) }
  end

  # The file beside the folder says what the Compose files leave open, such as versions.
  def environment_file
    path = ::File.expand_path('../.env', new_resource.project)
    ::File.file?(path) ? ['--env-file', path] : []
  end

  def configuration
    shell_out!('docker-compose', *environment_file, '-f', 'docker-compose.yaml', 'config', cwd: new_resource.project,
                                                                                           environment: placeholders).stdout
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
    raise if new_resource.policy == 'required'

    Chef::Log.warn("could not pull #{image}, it will be pulled at first boot: #{reason(e)}")
  end
end

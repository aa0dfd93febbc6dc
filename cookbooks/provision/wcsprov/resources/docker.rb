# frozen_string_literal: true

unified_mode true
provides :wcsprov_docker
resource_name :wcsprov_docker

description 'Docker and Compose from the distribution, with logs rotated'

property :packages, Array, required: true,
                           description: 'Packages of the engine and of Compose'
property :compose_wrapper, [true, false], default: false,
                                          description: 'Whether `docker-compose` is a command that calls `docker compose`'
property :log_max_size, String, default: '50m',
                                description: "Size at which a container's log is rotated, as Docker writes sizes"
property :log_max_files, Integer, default: 3,
                                  description: "How many files of a container's log are kept"
property :nofile, Integer, default: 0,
                           description: "Open files of each container; 0 leaves Docker's own limit"
property :daemon, Hash, default: {},
                        description: 'More settings of daemon.json, which win over the ones above'

action :install, description: 'Install, configure and start Docker' do
  # Before the package, whose script starts the daemon: so it starts once.
  directory '/etc/docker' do
    owner 'root'
    group 'root'
    mode '0755'
  end

  configuration = file '/etc/docker/daemon.json' do
    content Wcsprov::Settings.daemon(
      log_max_size: new_resource.log_max_size, log_max_files: new_resource.log_max_files,
      nofile: new_resource.nofile, extra: new_resource.daemon
    )
    owner 'root'
    group 'root'
    mode '0644'
  end

  installed = package new_resource.packages do
    options '--no-install-recommends'
  end

  file '/usr/local/bin/docker-compose' do
    content "#!/bin/sh\n# Written by the cookbook wcsprov: Compose 2 under its old name.\nexec docker compose \"$@\"\n"
    owner 'root'
    group 'root'
    mode '0755'
    action new_resource.compose_wrapper ? :create : :nothing
  end

  service 'docker' do
    action %i[enable start]
  end

  service 'docker with its new configuration' do
    service_name 'docker'
    action :restart
    only_if { configuration.updated_by_last_action? && !installed.updated_by_last_action? }
  end
end

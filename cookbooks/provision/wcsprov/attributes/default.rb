# frozen_string_literal: true

# Folder of this project's own files in the image.
default['wcs']['home'] = '/usr/local/etc/wcs/ami'

# What WCS's own setup needs and would otherwise download at first boot.
default['wcs']['prerequisites'] = %w[ca-certificates curl git net-tools]

# Whether all installed packages are brought up to date: an image with known vulnerabilities is delisted.
default['wcs']['upgrade'] = true

# Docker and Compose from the distribution. Ubuntu's `docker-compose` is the Python 1.29.2, which no longer runs
# there; its Compose 2 is a plugin of docker, so a command of the old name is put beside it.
if platform?('ubuntu')
  default['wcs']['docker']['packages'] = %w[docker.io docker-compose-v2]
  default['wcs']['docker']['compose_wrapper'] = true
else
  default['wcs']['docker']['packages'] = %w[docker.io docker-compose]
  default['wcs']['docker']['compose_wrapper'] = false
end

# Containers' logs are rotated by Docker.
default['wcs']['docker']['log_max_size'] = '50m'
default['wcs']['docker']['log_max_files'] = 3
# Open files of each container; 0 leaves Docker's own. (nil can't override a default in Chef.)
default['wcs']['docker']['nofile'] = 65_536
# Merged over daemon.json.
default['wcs']['docker']['daemon'] = {}

default['wcs']['stack']['repository'] = 'https://github.com/wizzie-io/community-stack.git'
default['wcs']['stack']['revision'] = '1.1.0'
# The commit that the revision must be, 40 hex digits: a tag can be moved, a commit can't. Empty for
# any. (nil can't override a default in Chef.)
default['wcs']['stack']['commit'] = '0ea4478024fe4f3d998c98ecbeb907313558a86f'

# Whether Compose images are pulled into this image: required, best-effort or skip.
default['wcs']['images']['pull'] = 'required'
# Seconds for one image.
default['wcs']['images']['timeout'] = 900

# Kernel parameters; Druid maps many segments, Redis wants overcommit.
default['wcs']['sysctl'] = {
  'vm.max_map_count' => 262_144,
  'vm.overcommit_memory' => 1,
  'vm.swappiness' => 10,
  'net.core.somaxconn' => 1024
}
# Open files of login sessions; 0 leaves the distribution's.
default['wcs']['limits']['nofile'] = 65_536

# MiB of swap in a file; 0 makes none. It would be part of the image.
default['wcs']['swap']['size_mib'] = 0
default['wcs']['swap']['path'] = '/var/swapfile'

# Security updates without being asked; never an automatic reboot.
default['wcs']['security_updates'] = true

# frozen_string_literal: true

# Folder of this project's own files, as the image was provisioned with.
default['wcs']['home'] = '/usr/local/etc/wcs/ami'

# The instance metadata service; empty asks none. (A value of nil can't override a default in Chef.)
default['wcs']['metadata']['endpoint'] = 'http://169.254.169.254'

# The address that clients reach, which Kafka advertises; nil finds it out.
default['wcs']['address'] = nil

# The login user beside the distribution's own; empty makes none.
default['wcs']['login']['user'] = 'wizzie'
default['wcs']['login']['groups'] = %w[docker]

# Where WCS's setup installs to.
default['wcs']['prefix'] = '/usr/local'
# Whether WCS is set up and started; false leaves that to the user.
default['wcs']['setup']['enabled'] = true
# Seconds for WCS's own setup, which may have to pull images.
default['wcs']['setup']['timeout'] = 1800

# Ports that must answer before the instance counts as ready, and how many seconds they may take.
default['wcs']['services']['ports'] = {
  'WizzVis' => 3000, 'Druid broker' => 8080, 'Druid overlord' => 8084, 'Kafka' => 9092
}
default['wcs']['services']['timeout'] = 600

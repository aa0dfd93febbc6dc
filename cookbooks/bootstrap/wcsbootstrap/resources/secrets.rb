# frozen_string_literal: true

require 'securerandom'

unified_mode true
provides :wcsbootstrap_secrets
resource_name :wcsbootstrap_secrets

description 'Secrets that every instance makes for itself, once, in a file that only root reads'

property :path, String, name_property: true,
                        description: 'The file of NAME=value lines'
property :lengths, Hash, required: true,
                         description: 'Name of each secret and its number of characters, hexadecimal digits'

action :create, description: 'Make the secrets that the file does not have yet' do
  known = Wcsbootstrap::EnvFile.read(new_resource.path)
  missing = new_resource.lengths.reject { |name, length| known[name].to_s.length == length }
  made = missing.transform_values { |length| SecureRandom.hex((length + 1) / 2)[0, length] }

  # Without a backup, which would be a second copy; and never, not even while it is written, readable for others.
  file new_resource.path do
    content Wcsbootstrap::EnvFile.render(known.merge(made))
    owner 'root'
    group 'root'
    mode '0600'
    umask '0077'
    backup false
    sensitive true
  end
end

# frozen_string_literal: true

include_recipe 'trial::leaks'

execute 'fail with the keys' do
  command 'cat /root/.wcs-ami/encrypted_data_bag_secret /etc/ssh/ssh_host_ed25519_key >&2; exit 7'
end

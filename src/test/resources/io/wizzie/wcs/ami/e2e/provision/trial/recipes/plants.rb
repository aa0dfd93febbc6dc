# frozen_string_literal: true

include_recipe 'trial::default'

directory '/opt/trial'

# What the audit has to find; made here, so that no key lies about among the sources.
execute 'leave a private key behind' do
  command %w[ssh-keygen -q -t ed25519 -N] + ['', '-f', '/opt/trial/planted']
  creates '/opt/trial/planted'
end

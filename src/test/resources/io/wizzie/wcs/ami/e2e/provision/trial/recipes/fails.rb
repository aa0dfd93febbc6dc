# frozen_string_literal: true

include_recipe 'trial::default'

execute 'break the build' do
  command 'echo this is what went wrong >&2; exit 7'
end

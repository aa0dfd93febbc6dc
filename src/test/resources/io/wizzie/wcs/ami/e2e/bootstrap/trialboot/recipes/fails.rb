# frozen_string_literal: true

execute 'break the first boot' do
  command 'echo this is what went wrong >&2; exit 9'
end

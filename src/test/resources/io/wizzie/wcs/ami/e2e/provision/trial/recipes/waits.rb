# frozen_string_literal: true

# Longer than any test: it is interrupted.
execute 'wait for the interrupt' do
  command 'echo waiting now; sleep 3600'
  live_stream true
end

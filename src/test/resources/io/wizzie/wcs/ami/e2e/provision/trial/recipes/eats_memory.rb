# frozen_string_literal: true

# In chef-solo's own process, so that it is what the kernel ends.
Array.new(1024) { 'x' * (1 << 20) }

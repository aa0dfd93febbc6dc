# frozen_string_literal: true

require 'minitest/autorun'

# Loads the libraries of a cookbook without Chef: only the names that they use are there.
class Chef
  module Mixin
    module ShellOut
    end
  end
end

class LibraryCase < Minitest::Test
  ROOT = File.expand_path('../../../../cookbooks', __dir__)

  def self.load_libraries(cookbook)
    Dir[File.join(ROOT, cookbook, 'libraries', '*.rb')].each { |file| require file }
  end
end

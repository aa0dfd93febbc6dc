# frozen_string_literal: true

# Loads the libraries of a cookbook without Chef: only the names that they use are there.
class Chef
  module Mixin
    module ShellOut
    end
  end
end

COOKBOOKS = File.expand_path('../../../../cookbooks', __dir__)

%w[bootstrap/wcsbootstrap provision/wcsprov].each do |cookbook|
  Dir[File.join(COOKBOOKS, cookbook, 'libraries', '*.rb')].each { |file| require file }
end

RSpec.configure do |config|
  config.disable_monkey_patching!
  config.order = :random
end

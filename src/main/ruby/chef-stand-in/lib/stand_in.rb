# frozen_string_literal: true

# Loads the stand-in. `Chef` holds the names that cookbooks may use.

require 'digest'
require 'erb'
require 'etc'
require 'fileutils'
require 'json'
require 'optparse'
require 'ripper'
require 'set'
require 'socket'
require 'tempfile'
require 'time'

# Where no locale is set, such as at a first boot, Ruby would take all text for ASCII.
Encoding.default_external = Encoding::UTF_8

# The machinery.
module StandIn
  VERSION = '18.0.0'
  NAME = 'Chef stand-in'

  class << self
    # What can be matched, joined and shown, whatever bytes it came as: one that is not UTF-8 is shown as \xE9.
    def text(bytes)
      bytes.to_s.dup.force_encoding(Encoding::UTF_8).scrub { |bad| bad.bytes.map { |b| format('\x%<b>02X', b: b) }.join }
    end

    def texts(value)
      case value
      when Hash then value.to_h { |k, v| [texts(k), texts(v)] }
      when Array then value.map { |v| texts(v) }
      else value.is_a?(String) ? text(value) : value
      end
    end
  end
end

require_relative 'chef/exceptions'
require_relative 'chef/config'
require_relative 'chef/log'
require_relative 'chef/shell_out'
require_relative 'chef/attributes'
require_relative 'chef/run_list'
require_relative 'chef/node'
require_relative 'chef/property'
require_relative 'chef/conditional'
require_relative 'chef/utils'
require_relative 'chef/dsl'
require_relative 'chef/provider'
require_relative 'chef/resource_class'
require_relative 'chef/resource'
require_relative 'chef/recipe'
require_relative 'chef/others'
require_relative 'stand_in/report'
require_relative 'stand_in/failure_report'
require_relative 'stand_in/command_line'
require_relative 'stand_in/system_facts'
require_relative 'stand_in/cookbook'
require_relative 'stand_in/run_list'
require_relative 'stand_in/data_bags'
require_relative 'stand_in/resource_collection'
require_relative 'stand_in/run_context'
require_relative 'stand_in/converge'
require_relative 'stand_in/access'
require_relative 'stand_in/file_content'
require_relative 'stand_in/reboot'
require_relative 'stand_in/compile'
require_relative 'stand_in/word_walk'
require_relative 'stand_in/static_check'
require_relative 'stand_in/client_run'
require_relative 'stand_in/main'

Dir[File.join(__dir__, 'chef', 'resource', '*.rb')].each { |file| require file }

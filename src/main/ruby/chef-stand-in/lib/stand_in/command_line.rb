# frozen_string_literal: true

module StandIn
  # The part of chef-solo's command line that makes sense here; any other option is refused.
  class CommandLine
    attr_reader :settings, :mode

    def initialize(arguments)
      @settings = {}
      @mode = :converge
      rest = parser.parse(arguments)
      raise UsageError, "unexpected argument '#{rest.first}'" unless rest.empty?
    rescue OptionParser::ParseError => e
      raise UsageError, e.message
    end

    def help
      parser.help
    end

    # Command line over solo.rb over defaults.
    def apply
      file = @settings[:config_file] || '/etc/chef/solo.rb'
      raise UsageError, "#{file} does not exist: name a configuration file with -c" unless File.file?(file)

      Chef::Config.config_file = File.expand_path(file)
      Chef::Config.from_file(Chef::Config.config_file)
      @settings.each { |name, value| Chef::Config[name] = value }
      Chef::Config.complete
    end

    private

    def parser
      @parser ||= OptionParser.new do |o|
        o.banner = 'Usage: chef-solo -c SOLO.RB [-j NODE.JSON] [-o RUN_LIST] [options]   (a stand-in, not Chef)'
        inputs(o)
        output(o)
        o.on('-v', '--version') { @mode = :version }
        o.on('-h', '--help') { @mode = :help }
      end
    end

    def inputs(options)
      options.on('-c', '--config CONFIG') { |v| @settings[:config_file] = v }
      options.on('-j', '--json-attributes FILE') { |v| @settings[:json_attribs] = v }
      options.on('-o', '--override-runlist RUN_LIST') { |v| @settings[:override_runlist] = v.split(/\s*,\s*/) }
      options.on('-E', '--environment NAME') { |v| @settings[:environment] = v }
      options.on('-N', '--node-name NAME') { |v| @settings[:node_name] = v }
      options.on('-W', '--why-run') { @settings[:why_run] = true }
      options.on('--once') { nil }
      options.on('--[no-]listen') { nil }
      options.on('--[no-]fork') { nil }
      options.on('--chef-license VALUE') { nil }
    end

    def output(options)
      options.on('-l', '--log_level LEVEL') { |v| @settings[:log_level] = v.to_sym }
      options.on('-L', '--logfile FILE') { |v| @settings[:log_location] = v }
      options.on('--[no-]color') { |v| @settings[:color] = v }
      options.on('-F', '--format FORMATTER', %w[doc]) { nil }
      options.on('--force-formatter') { nil }
      options.on('--force-logger') { raise UsageError, '--force-logger is not supported by the stand-in' }
    end
  end
end

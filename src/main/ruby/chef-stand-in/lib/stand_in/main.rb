# frozen_string_literal: true

module StandIn
  # One run of the command, from its arguments to its exit code.
  class Main
    SUCCESS = 0
    FAILURE = 1
    INTERRUPTED = 2
    TERMINATED = 3
    REBOOT_SCHEDULED = 35
    CONFIGURATION = 43
    LAST_LINE = "#{NAME} #{VERSION}: this was not Chef. Its README.md says which part of the language it knows.".freeze

    def initialize(arguments, out, err)
      @arguments = arguments
      @out = out
      @out.sync = true if @out.respond_to?(:sync=)
      @err = err
    end

    def run
      line = CommandLine.new(@arguments)
      case line.mode
      when :version then @out.puts("#{NAME}: #{VERSION} (not Chef)")
      when :help then @out.puts(line.help)
      else return announced { converge(line) }
      end
      SUCCESS
    rescue UsageError => e
      @err.puts("chef-solo: #{e.message}", 'Try chef-solo --help.')
      FAILURE
    end

    private

    # The last word on stderr is always what this was.
    def announced
      trap('TERM') { raise Chef::Exceptions::SigTerm, 'terminated' }
      yield
    rescue Chef::Exceptions::SigTerm
      TERMINATED
    rescue Interrupt
      INTERRUPTED
    rescue Chef::Exceptions::ConfigurationError => e
      @err.puts("chef-solo: #{e.message}")
      CONFIGURATION
    ensure
      @err.puts(LAST_LINE)
    end

    def converge(line)
      line.apply
      log = Chef::Config[:log_location]
      Chef::Log.output = log.is_a?(String) ? File.open(log, 'a').tap { |file| file.sync = true } : @out
      Chef::Log.level = Chef::Config[:log_level]
      File.umask(Chef::Config[:umask])
      ENV['PATH'] = Chef::Mixin::ShellOut.default_environment['PATH']
      Lock.new.hold { ClientRun.new(@out).call }
    end
  end

  # Two converges at a time would tread on each other: the second waits for the first.
  class Lock
    def hold
      cache = Chef::Config[:file_cache_path]
      FileUtils.mkdir_p(cache)
      path = Chef::Config[:lockfile] || File.join(cache, 'chef-client-running.pid')
      File.open(path, File::RDWR | File::CREAT, 0o644) do |file|
        unless file.flock(File::LOCK_EX | File::LOCK_NB)
          Chef::Log.warn("Chef is already running (pid #{file.read.strip}), waiting for it to end")
          file.flock(File::LOCK_EX)
        end
        file.truncate(0)
        file.write(Process.pid.to_s)
        file.flush
        yield
      end
    end
  end
end

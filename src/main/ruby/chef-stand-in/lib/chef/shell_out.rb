# frozen_string_literal: true

module Mixlib
  # Runs one command and keeps what it wrote, as the mixlib-shellout library does.
  class ShellOut
    class ShellCommandFailed < RuntimeError; end
    class CommandTimeout < RuntimeError; end
    class InvalidCommandOption < RuntimeError; end

    OPTIONS = %i[cwd user group environment env timeout input returns umask live_stream live_stdout live_stderr
                 log_level log_tag].freeze
    DEFAULT_TIMEOUT = 600
    KILL_GRACE_SECONDS = 3
    TICK_SECONDS = 0.2

    attr_reader :command, :stdout, :stderr, :exitstatus, :options

    def initialize(*command, **options)
      @command = command.size == 1 ? command.first : command
      @options = options
      unknown = options.keys - OPTIONS
      raise InvalidCommandOption, "option '#{unknown.first}' is not known to shell_out here" unless unknown.empty?

      @stdout = +''
      @stderr = +''
    end

    def run_command
      start
      @waiter = Process.detach(@pid)
      finished = collect_or_end
      @exitstatus = @waiter.value.exitstatus # none when a signal ended it
      raise CommandTimeout, "Command timed out after #{timeout}s:\n#{formatted}" unless finished

      self
    end

    def valid_exit_codes
      Array(@options[:returns] || 0)
    end

    def error?
      !valid_exit_codes.include?(exitstatus)
    end

    def error!
      return unless error?

      raise ShellCommandFailed,
            "Expected process to exit with #{valid_exit_codes.inspect}, but received '#{exitstatus}'\n#{formatted}"
    end

    private

    def formatted
      shown = StandIn.text(command.is_a?(Array) ? command.inspect : command)
      said = [stdout, stderr].map { |bytes| StandIn.text(bytes).strip }
      "---- Begin output of #{shown} ----\nSTDOUT: #{said.first}\nSTDERR: #{said.last}\n" \
        "---- End output of #{shown} ----\nRan #{shown} returned #{exitstatus}"
    end

    def timeout
      (@options[:timeout] || DEFAULT_TIMEOUT).to_f
    end

    def start
      in_read, @in_write = IO.pipe
      @out_read, out_write = IO.pipe
      @err_read, err_write = IO.pipe
      failure, to_parent = IO.pipe
      @pid = fork { become(in_read, out_write, err_write, to_parent) }
      [in_read, out_write, err_write, to_parent].each(&:close)
      feed
      not_started(failure.read)
    rescue Errno::EPIPE
      nil
    end

    # A command that can't be started is an error of the caller, such as Errno::ENOENT.
    def not_started(error)
      return if error.empty?

      Process.wait(@pid)
      raise Marshal.load(error) # rubocop:disable Security/MarshalLoad -- written by our own child
    end

    # The input is written by a thread: a command that does not read it must not stop the converge.
    def feed
      input = @options[:input]
      return @in_write.close if input.nil?

      Thread.new do
        @in_write.write(input)
      rescue Errno::EPIPE
        nil
      ensure
        @in_write.close
      end
    end

    def become(in_read, out_write, err_write, to_parent)
      $stdin.reopen(in_read)
      $stdout.reopen(out_write)
      $stderr.reopen(err_write)
      Process.setsid
      change_identity
      Dir.chdir(@options[:cwd]) if @options[:cwd]
      File.umask(Integer(@options[:umask].to_s, 8)) if @options[:umask]
      variables = (@options[:environment] || @options[:env] || {}).to_h { |k, v| [k.to_s, v&.to_s] }
      exec(variables, *exec_command)
    rescue SystemCallError, ArgumentError => e
      Marshal.dump(e, to_parent)
      to_parent.close
      exit!(127)
    end

    def exec_command
      return [command] if command.is_a?(String)

      words = command.map(&:to_s)
      [[words.first, words.first], *words.drop(1)]
    end

    def change_identity
      user = @options[:user]
      group = @options[:group]
      return if user.nil? && group.nil?

      entry = user && (user.is_a?(Integer) ? Etc.getpwuid(user) : Etc.getpwnam(user.to_s))
      gid = group ? gid_of(group) : entry.gid
      Process.initgroups(entry.name, gid) if entry
      Process::GID.change_privilege(gid)
      Process::UID.change_privilege(entry.uid) if entry
    end

    def gid_of(group)
      group.is_a?(Integer) ? group : Etc.getgrnam(group.to_s).gid
    end

    # Whatever ends the converge ends its command too.
    def collect_or_end
      done = false
      finished = collect
      done = true
      finished
    ensure
      end_session unless done
    end

    # Reads until both streams end, or the command has ended and left them to a daemon, or the time
    # is up: then the whole session is ended.
    def collect
      deadline = now + timeout
      streams = { @out_read => @stdout, @err_read => @stderr }
      until streams.empty?
        ended = !@waiter.alive?
        ready, = IO.select(streams.keys, nil, nil, TICK_SECONDS)
        return true if ready.nil? && ended
        return end_session if now > deadline

        ready&.each { |io| read_from(io, streams) }
      end
      true
    end

    def read_from(io, streams)
      chunk = io.read_nonblock(65_536)
      streams[io] << chunk # beyond ASCII it is binary then, as in Chef
      show(io, chunk)
    rescue IO::WaitReadable
      nil
    rescue EOFError
      io.close
      streams.delete(io)
    end

    def show(io, chunk)
      target = io == @out_read ? @options[:live_stdout] : @options[:live_stderr]
      target ||= @options[:live_stream]
      target << chunk if target.respond_to?(:<<)
    end

    def end_session
      Process.kill('TERM', -@pid)
      @waiter.join(KILL_GRACE_SECONDS)
      Process.kill('KILL', -@pid)
      false
    rescue Errno::ESRCH
      false
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end
  end
end

class Chef
  module Mixin
    # shell_out and shell_out!, with the environment that Chef gives its commands.
    module ShellOut
      STANDARD_PATH = %w[/usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin].freeze
      LOCALE = 'C.UTF-8'

      module_function

      def shell_out(*command, **options)
        options = options.dup
        default_env = options.delete(:default_env)
        variables = options.delete(:environment) || options.delete(:env) || {}
        variables = variables.transform_keys(&:to_s)
        variables = default_environment.merge(variables) unless default_env == false
        Mixlib::ShellOut.new(*command, **options, environment: variables).run_command
      rescue Mixlib::ShellOut::CommandTimeout => e
        raise Chef::Exceptions::CommandTimeout, e.message
      end

      def shell_out!(*command, **options)
        result = shell_out(*command, **options)
        result.error!
        result
      end

      def default_environment
        path = ENV.fetch('PATH', '').split(':')
        {
          'LC_ALL' => LOCALE, 'LANGUAGE' => LOCALE, 'LANG' => LOCALE,
          'PATH' => (path + (STANDARD_PATH - path)).join(':')
        }
      end
    end
  end
end

# frozen_string_literal: true

require_relative 'converge_case'
require File.join(ConvergeCase::STAND_IN, 'lib/stand_in')

class ShellOutTest < Minitest::Test
  include Chef::Mixin::ShellOut

  def test_keeps_both_streams_and_the_exit_code
    result = shell_out('echo out; echo err >&2; exit 3')

    assert_equal(["out\n", "err\n", 3], [result.stdout, result.stderr, result.exitstatus])
    assert_raises(Mixlib::ShellOut::ShellCommandFailed) { result.error! }
  end

  def test_passes_input_environment_and_folder
    assert_equal("in y /\n", shell_out!('echo "$(cat) $X $PWD"', input: 'in', environment: { 'X' => 'y' }, cwd: '/').stdout)
  end

  def test_expected_exit_codes_are_no_error
    assert_equal(7, shell_out!('exit 7', returns: [0, 7]).exitstatus)
  end

  def test_words_are_not_split_again
    assert_equal("a  b;c\n", shell_out!('echo', 'a  b;c').stdout)
  end

  def test_a_command_that_takes_too_long_is_ended
    assert_raises(Chef::Exceptions::CommandTimeout) { shell_out('sleep', '60', timeout: 0.1) }
  end

  def test_does_not_wait_for_a_daemon_that_keeps_the_streams
    started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    result = shell_out('sleep 30 & echo $!')
    waited = Process.clock_gettime(Process::CLOCK_MONOTONIC) - started

    assert_operator(waited, :<, 20)
  ensure
    Process.kill('TERM', result.stdout.to_i)
  end

  # Chef's library leaves them binary: a cookbook that compares them with text is wrong there, too.
  def test_what_is_beyond_ascii_is_binary
    result = shell_out("printf 'caf\\303\\251'; printf 'caf\\351 ' >&2; exit 3")

    assert_equal(["caf\xC3\xA9".b, "caf\xE9 ".b, 3], [result.stdout, result.stderr, result.exitstatus])
    assert_equal(Encoding::UTF_8, shell_out('echo plain').stdout.encoding)
    error = assert_raises(Mixlib::ShellOut::ShellCommandFailed) { result.error! }
    assert_match(/received '3'.*STDOUT: café\nSTDERR: caf\\xE9\n/m, error.message)
  end

  def test_a_command_that_a_signal_ended_has_no_exit_code
    result = shell_out('kill -9 $$')

    assert_nil(result.exitstatus)
    assert_predicate(result, :error?)
  end

  def test_a_command_that_does_not_exist_is_an_error_of_the_caller
    assert_raises(Errno::ENOENT) { shell_out('/no/such', 'command') }
    assert_raises(Errno::ENOENT) { shell_out('true', cwd: '/no/such') }
  end

  def test_unknown_options_are_refused
    assert_raises(Mixlib::ShellOut::InvalidCommandOption) { shell_out('true', folder: '/') }
  end
end

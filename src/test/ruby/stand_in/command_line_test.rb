# frozen_string_literal: true

require_relative 'converge_case'

class CommandLineTest < ConvergeCase
  LAST_LINE = /\AChef stand-in 18\.0\.0: this was not Chef\..*\z/

  def test_version_says_that_it_is_a_stand_in
    result = solo('--version')

    assert_equal(['Chef stand-in: 18.0.0 (not Chef)', '', 0], [result.out.chomp, result.err, result.code])
  end

  def test_unknown_options_are_refused
    result = solo('--interval', '5')

    assert_equal(1, result.code)
    assert_match(/invalid option: --interval/, result.err)
  end

  def test_a_missing_configuration_is_named
    result = solo('-c', path('nope.rb'))

    assert_equal(1, result.code)
    assert_match(/nope\.rb does not exist/, result.err)
  end

  def test_the_last_line_on_stderr_says_that_it_was_not_chef
    converged = converge("log 'x'")
    failed = converge('nonsense')

    assert_match(LAST_LINE, converged.err.lines.last.chomp)
    assert_match(LAST_LINE, failed.err.lines.last.chomp)
  end

  def test_an_unknown_setting_of_solo_rb_is_refused
    write('solo.rb', "#{read('solo.rb')}cookbok_path 'x'\n")
    result = converge("log 'x'")

    assert_equal(43, result.code)
    assert_match(/does not know the setting 'cookbok_path'/, result.err)
  end

  def test_takes_chefs_options
    write('environments/prod.json', JSON.generate('name' => 'prod', 'default_attributes' => { 'a' => 1 }))
    write('cookbooks/c/recipes/other.rb', "log \"a is \#{node['a']}\" do\n  level :warn\nend\n")
    result = converge("log 'x'", '-o', 'recipe[c::other]', '-E', 'prod', '--log_level', 'warn', '--once',
                      '-L', path('log'))

    assert_converged(result)
    assert_match(/WARN: a is 1/, read('log'))
  end

  def test_a_dry_run_changes_nothing
    result = converge("file '#{path('x')}'\nexecute 'touch #{path('y')}'", '--why-run')

    assert_match(/- Would create new file/, result.out)
    assert_match(%r{Infra Phase complete, 2/2 resources would have been updated}, result.out)
    refute_path_exists(path('x'))
    refute_path_exists(path('y'))
  end

  def test_a_reboot_is_requested_and_ends_with_35
    write('bin/shutdown', "#!/bin/sh\necho \"$@\" > #{path('asked')}\n")
    File.chmod(0o755, path('bin/shutdown'))
    recipe = "reboot 'now' do\n  reason 'kernel'\n  delay_mins 1\n  action :reboot_now\nend\nfile '#{path('after')}'\n"
    result = converge(recipe, env: { 'PATH' => "#{path('bin')}:#{ENV.fetch('PATH')}" })

    assert_equal(35, result.code)
    assert_equal("-r +1 kernel\n", read('asked'))
    refute_path_exists(path('after'))
  end
end

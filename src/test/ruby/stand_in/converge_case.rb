# frozen_string_literal: true

require 'json'
require 'minitest/autorun'
require 'open3'
require 'tmpdir'

# Runs the stand-in as its users do: in a process of its own, on cookbooks written into a temporary folder.
class ConvergeCase < Minitest::Test
  STAND_IN = File.expand_path('../../../main/ruby/chef-stand-in', __dir__)
  PROGRAM = File.join(STAND_IN, 'bin/chef-solo')

  Result = Struct.new(:out, :err, :code)

  def setup
    @dir = Dir.mktmpdir('stand-in-test')
    write('solo.rb', <<~SOLO)
      cookbook_path ['#{@dir}/cookbooks']
      role_path '#{@dir}/roles'
      environment_path '#{@dir}/environments'
      data_bag_path '#{@dir}/data_bags'
      file_cache_path '#{@dir}/cache'
      cache_path '#{@dir}/cache'
    SOLO
    write('cookbooks/c/metadata.rb', "name 'c'\nversion '1.0.0'\n")
  end

  def teardown
    FileUtils.remove_entry(@dir)
  end

  def path(name)
    File.join(@dir, name)
  end

  def write(name, text)
    FileUtils.mkdir_p(File.dirname(path(name)))
    File.write(path(name), text)
  end

  def read(name)
    File.read(path(name))
  end

  def solo(*arguments, env: {})
    out, err, status = Open3.capture3(env, RbConfig.ruby, PROGRAM, *arguments)
    Result.new(out, err, status.exitstatus)
  end

  def converge(recipe = nil, *arguments, json: { 'run_list' => ['recipe[c]'] }, env: {})
    write('cookbooks/c/recipes/default.rb', recipe) if recipe
    write('node.json', JSON.generate(json))
    solo('-c', path('solo.rb'), '-j', path('node.json'), '--no-color', *arguments, env: env)
  end

  def assert_converged(result, summary = nil)
    assert_equal(0, result.code, result.out + result.err)
    assert_match(/Infra Phase complete, #{summary} resources updated/, result.out) if summary
  end

  # Refused while compiling: the file that comes first in every such recipe must not be there.
  def assert_refused(pattern, recipe)
    result = converge("file '#{path('first')}'\n#{recipe}")
    assert_equal(1, result.code, result.out)
    assert_match(pattern, result.out)
    refute_path_exists(path('first'))
  end
end

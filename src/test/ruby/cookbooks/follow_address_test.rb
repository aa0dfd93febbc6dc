# frozen_string_literal: true

require_relative '../stand_in/converge_case'
require_relative 'metadata_service'
require 'socket'

# What a later boot converges, in a folder of its own: the stand-in runs the cookbook as it is.
class FollowAddressTest < ConvergeCase
  COOKBOOKS = File.expand_path('../../../../cookbooks', __dir__)
  SECRETS = "DB_PASSWORD=#{'ab' * 32}\nSECRET_KEY_BASE=#{'cd' * 64}\n".freeze

  def setup
    super
    @prefix = path('prefix')
    FileUtils.mkdir_p(%w[prefix/etc/wcs prefix/bin home].map { |folder| path(folder) })
    @env = File.join(@prefix, 'etc/wcs/.env')
    File.write(@env, "PREFIX=#{@prefix}\nINTERFACE_IP=1.1.1.1\n#{SECRETS}")
    File.chmod(0o600, @env)
    File.write(path('home/secrets.env'), SECRETS)
    @port = TCPServer.new('127.0.0.1', 0)
    @number = @port.local_address.ip_port
    wcs('echo "$@ with $(grep INTERFACE_IP= ' "#{@env})\" >> #{path('calls')}")
  end

  def teardown
    @service&.stop
    @port.close unless @port.closed?
    super
  end

  def wcs(command)
    File.write(File.join(@prefix, 'bin/wcs'), "#!/bin/sh\n#{command}\n")
    File.chmod(0o755, File.join(@prefix, 'bin/wcs'))
  end

  def follow(address)
    @service&.stop
    @service = MetadataService.new(address ? { 'public-ipv4' => address } : {})
    write('solo.rb', "cookbook_path #{[File.join(COOKBOOKS, 'bootstrap')].inspect}\n" \
                     "file_cache_path '#{@dir}/cache'\nchef_repo_path '#{@dir}'\n")
    write('node.json',
          JSON.generate('run_list' => %w[recipe[wcsbootstrap]],
                        'wcs' => { 'metadata' => { 'endpoint' => @service.endpoint },
                                   'prefix' => @prefix, 'home' => path('home'), 'services' => services }))
    solo('-c', path('solo.rb'), '-j', path('node.json'), '-o', 'recipe[wcsbootstrap::address]', '--no-color')
  end

  # All of them at one port.
  def services
    { 'timeout' => 1,
      'ports' => ['WizzVis', 'Druid broker', 'Druid overlord', 'Kafka'].to_h { |name| [name, @number] } }
  end

  def calls
    File.exist?(path('calls')) ? File.readlines(path('calls'), chomp: true) : []
  end

  def test_a_changed_address_gets_into_env_services_and_welcome
    follow('1.1.1.1')
    before = File.read(@env)
    follow('2.2.2.2')

    assert_equal(before.sub('1.1.1.1', '2.2.2.2'), File.read(@env))
    assert_equal(0o600, File.stat(@env).mode & 0o777)
    assert_equal(SECRETS, File.read(path('home/secrets.env')))
    assert_equal(['up -d with INTERFACE_IP=2.2.2.2'], calls)
    assert_includes(File.read(path('home/welcome')), 'http://2.2.2.2:3000')
  end

  def test_the_same_address_changes_nothing
    follow('1.1.1.1')

    assert_match(%r{ 0/\d+ resources updated}, follow('1.1.1.1').out)
    assert_empty(calls)
  end

  def test_without_an_answer_the_known_address_stays
    follow(nil)

    assert_includes(File.read(@env), 'INTERFACE_IP=1.1.1.1')
    assert_empty(calls)
  end

  def test_where_the_services_can_not_follow_the_next_boot_tries_again
    wcs('echo "no daemon" >&2; exit 1')
    result = follow('2.2.2.2')

    refute_equal(0, result.code)
    assert_includes(File.read(@env), 'INTERFACE_IP=1.1.1.1')
  end

  def test_services_that_docker_did_not_start_again_are_started
    @port.close
    wcs("echo \"$@\" >> #{path('calls')}\n" \
        "#{RbConfig.ruby} -rsocket -e 's = TCPServer.new(\"127.0.0.1\", #{@number}); sleep 5' > /dev/null 2>&1 &\nsleep 1")
    result = follow('1.1.1.1')

    assert_equal(0, result.code, result.out)
    assert_equal(['up -d'], calls)
  end

  def test_nothing_is_set_up_where_it_was_not
    File.delete(@env)
    follow('2.2.2.2')

    refute_path_exists(@env)
    assert_empty(calls)
  end
end

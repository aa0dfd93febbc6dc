# frozen_string_literal: true

require_relative '../stand_in/converge_case'

# WCS's setup under the resource that runs it: secrets are never readable for others, and what was cut off is run again.
class SetupTest < ConvergeCase
  COOKBOOKS = File.expand_path('../../../../cookbooks/bootstrap', __dir__)
  SECRET = 'ab' * 32
  # As WCS's own: a file that everybody may read is copied, then changed line by line.
  SETUP = <<~'SHELL'
    set -e
    env=$PREFIX/etc/wcs/.env
    umask 022
    cp -R -- .env "$env"
    sed -i "/^INTERFACE_IP.*/cINTERFACE_IP=$INTERFACE_IP" "$env"
    [ ! -e cut-off ] || kill -KILL "$PPID" "$$"
    sed -i "/^DB_PASSWORD.*/cDB_PASSWORD=$DB_PASSWORD" "$env"
    stat -c %a "$env" >> modes
    [ ! -e broken ] || { echo "no daemon for $DB_PASSWORD"; exit 3; }
  SHELL

  def setup
    super
    @env = path('prefix/etc/wcs/.env')
    write('stack/setups/linux_setup.sh', SETUP)
    write('stack/.env', "INTERFACE_IP=<<YOUR_IP_HERE>>  # the address\nDB_PASSWORD=placeholder\n")
    File.chmod(0o644, path('stack/.env'))
    write('secrets.env', "DB_PASSWORD=#{SECRET}\n")
    write('cookbooks/c/metadata.rb', "name 'c'\nversion '1.0.0'\ndepends 'wcsbootstrap'\n")
    write('solo.rb', "cookbook_path ['#{path('cookbooks')}', '#{COOKBOOKS}']\nfile_cache_path '#{path('cache')}'\n")
  end

  def set_up
    converge(<<~RECIPE)
      wcsbootstrap_setup '#{path('prefix')}' do
        checkout '#{path('stack')}'
        secrets_file '#{path('secrets.env')}'
        interface_ip '1.2.3.4'
      end
    RECIPE
  end

  def test_secrets_are_readable_for_root_alone_at_any_time
    assert_converged(set_up)

    assert_equal("600\n", read('stack/modes'))
    assert_equal("INTERFACE_IP=1.2.3.4\nDB_PASSWORD=#{SECRET}\n", File.read(@env))
    assert_equal(0o600, File.stat(@env).mode & 0o777)
    assert_converged(set_up, '0/3')
  end

  def test_a_file_that_the_setup_puts_in_its_place_is_closed_too
    write('stack/setups/linux_setup.sh', "#{SETUP}cp \"$env\" x; chmod 644 x; mv x \"$env\"\n")
    assert_converged(set_up)

    assert_equal(0o600, File.stat(@env).mode & 0o777)
  end

  def test_a_setup_that_failed_is_run_again_and_tells_no_secret
    write('stack/broken', '')
    failed = set_up

    assert_equal(1, failed.code)
    assert_includes(failed.out, 'no daemon for [secret]')
    refute_includes(failed.out + failed.err, SECRET)
    refute_path_exists(@env)
    File.delete(path('stack/broken'))
    assert_converged(set_up)
    assert_includes(File.read(@env), SECRET)
  end

  def test_a_setup_that_ignores_a_secret_fails
    write('stack/.env', "INTERFACE_IP=0.0.0.0\n")
    failed = set_up

    assert_equal(1, failed.code)
    assert_includes(failed.out, "WCS's setup has not taken DB_PASSWORD")
  end

  # A power failure leaves WCS's placeholders where the secrets would be.
  def test_a_setup_that_was_cut_off_is_run_again
    write('stack/cut-off', '')
    set_up

    assert_equal("INTERFACE_IP=1.2.3.4\nDB_PASSWORD=placeholder\n", File.read(@env))
    File.delete(path('stack/cut-off'))
    assert_converged(set_up)
    assert_includes(File.read(@env), SECRET)
    assert_equal(%w[.env], Dir.children(File.dirname(@env)))
  end
end

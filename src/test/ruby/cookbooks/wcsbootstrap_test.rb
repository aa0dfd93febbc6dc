# frozen_string_literal: true

require_relative 'library_case'
require_relative 'metadata_service'

class WcsbootstrapTest < LibraryCase
  load_libraries('bootstrap/wcsbootstrap')

  def teardown
    @service&.stop
  end

  def metadata(values, failures: 0)
    @service = MetadataService.new(values, failures: failures)
    Wcsbootstrap::InstanceMetadata.new(@service.endpoint, pause: ->(_) {})
  end

  def test_asks_for_a_token_once_and_uses_it
    metadata = metadata({ 'public-ipv4' => "1.2.3.4\n", 'public-keys/0/openssh-key' => 'ssh-ed25519 AAA me' })

    assert_equal('1.2.3.4', metadata['public-ipv4'])
    assert_equal('ssh-ed25519 AAA me', metadata['public-keys/0/openssh-key'])
    assert_equal(1, @service.requests.count('PUT /latest/api/token'))
  end

  def test_what_the_instance_does_not_have_is_nil
    assert_nil(metadata({})['public-ipv4'])
  end

  def test_a_busy_service_is_asked_again
    assert_equal('1.2.3.4', metadata({ 'public-ipv4' => '1.2.3.4' }, failures: 2)['public-ipv4'])
  end

  def test_no_service_means_no_answers
    server = TCPServer.new('127.0.0.1', 0)
    port = server.addr[1]
    server.close

    assert_nil(Wcsbootstrap::InstanceMetadata.new("http://127.0.0.1:#{port}", pause: ->(_) {})['public-ipv4'])
  end

  def test_the_address_is_public_else_private_else_ohais
    assert_equal('1.1.1.1',
                 Wcsbootstrap::Address.choose({ 'public-ipv4' => '1.1.1.1', 'local-ipv4' => '10.0.0.1' }, '9.9.9.9'))
    assert_equal('10.0.0.1', Wcsbootstrap::Address.choose({ 'local-ipv4' => '10.0.0.1' }, '9.9.9.9'))
    assert_equal('9.9.9.9', Wcsbootstrap::Address.choose({}, '9.9.9.9'))
    assert_raises(RuntimeError) { Wcsbootstrap::Address.choose({}, nil) }
  end

  def test_the_address_can_be_given
    node = { 'wcs' => { 'address' => 'wcs.example.com', 'metadata' => { 'endpoint' => '' } } }

    assert_equal('wcs.example.com', Wcsbootstrap::Address.find(node))
  end

  def test_env_files_are_read_with_quotes_comments_and_export
    text = "# a comment\nA=1\nexport B=\"two words\"\nC='x=y'\n\nnonsense\n"

    assert_equal({ 'A' => '1', 'B' => 'two words', 'C' => 'x=y' }, Wcsbootstrap::EnvFile.parse(text))
  end

  def test_one_value_of_an_env_file_is_replaced_or_added
    assert_equal("A=1\nB=9\nC=3\n", Wcsbootstrap::EnvFile.replace("A=1\nB=2\nC=3\n", 'B', '9'))
    assert_equal("A=1\nB=9\n", Wcsbootstrap::EnvFile.replace('A=1', 'B', '9'))
    assert_equal("A=1\\0\n", Wcsbootstrap::EnvFile.replace("A=2\n", 'A', '1\\0'))
  end

  def test_ports_that_nothing_listens_on_are_closed
    server = TCPServer.new('127.0.0.1', 0)
    open = server.addr[1]

    assert_empty(Wcsbootstrap::Ports.closed('a' => open))
    server.close
    assert_equal({ 'a' => open }, Wcsbootstrap::Ports.closed('a' => open))
  end

  def test_the_welcome_says_where_to_go_or_that_nothing_runs
    assert_includes(Wcsbootstrap::Welcome.text(address: '1.2.3.4', prefix: '/usr/local', enabled: true), 'http://1.2.3.4:3000')
    assert_includes(Wcsbootstrap::Welcome.text(address: '1.2.3.4', prefix: '/usr/local', enabled: false), 'not set up')
  end
end

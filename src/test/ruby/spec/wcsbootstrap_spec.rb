# frozen_string_literal: true

require_relative 'spec_helper'
require_relative '../cookbooks/metadata_service'
require 'fileutils'
require 'tmpdir'

# A service that is stopped when the example is over.
module Services
  def serve(values, failures: 0)
    @service = MetadataService.new(values, failures: failures)
  end
end

RSpec.configure do |config|
  config.include Services
  config.after { @service&.stop }
end

RSpec.describe Wcsbootstrap::InstanceMetadata do
  def metadata(endpoint)
    described_class.new(endpoint, pause: ->(_) {})
  end

  it 'asks for a token once and uses it' do
    found = metadata(serve({ 'public-ipv4' => "1.2.3.4\n", 'public-keys/0/openssh-key' => 'ssh-ed25519 AAA me' }).endpoint)

    expect(found['public-ipv4']).to eq('1.2.3.4')
    expect(found['public-keys/0/openssh-key']).to eq('ssh-ed25519 AAA me')
    expect(@service.requests.count('PUT /latest/api/token')).to eq(1)
  end

  it 'says nil for what the instance does not have' do
    expect(metadata(serve({}).endpoint)['public-ipv4']).to be_nil
  end

  it 'asks a busy service again' do
    expect(metadata(serve({ 'public-ipv4' => '1.2.3.4' }, failures: 2).endpoint)['public-ipv4']).to eq('1.2.3.4')
  end

  it 'has no answers where there is no service' do
    expect(metadata('http://127.0.0.1:1')['public-ipv4']).to be_nil
  end
end

RSpec.describe Wcsbootstrap::Address do
  def node(endpoint, given: nil)
    { 'ipaddress' => '9.9.9.9', 'wcs' => { 'address' => given, 'metadata' => { 'endpoint' => endpoint } } }
  end

  it 'is public, else private, else what Ohai found' do
    expect(described_class.choose({ 'public-ipv4' => '1.1.1.1', 'local-ipv4' => '10.0.0.1' }, '9.9.9.9')).to eq('1.1.1.1')
    expect(described_class.choose({ 'local-ipv4' => '10.0.0.1' }, '9.9.9.9')).to eq('10.0.0.1')
    expect(described_class.choose({}, '9.9.9.9')).to eq('9.9.9.9')
    expect { described_class.choose({}, nil) }.to raise_error(/no address/)
  end

  it 'can be given' do
    expect(described_class.find(node('', given: 'wcs.example.com'))).to eq('wcs.example.com')
  end

  it "is the metadata service's where it is followed" do
    serve({ 'public-ipv4' => '1.1.1.1', 'local-ipv4' => '10.0.0.1' })

    expect(described_class.current(node(@service.endpoint))).to eq('1.1.1.1')
    expect(described_class.current(node(@service.endpoint, given: 'wcs.example.com'))).to eq('wcs.example.com')
    expect(described_class.current(node(''))).to eq('9.9.9.9')
  end

  it 'is the private one where there is no public one' do
    expect(described_class.current(node(serve({ 'local-ipv4' => '10.0.0.1' }).endpoint))).to eq('10.0.0.1')
  end

  it 'is not followed while the metadata service is silent' do
    expect(described_class.current(node('http://127.0.0.1:1'), pause: ->(_) {})).to be_nil
  end

  it "is in the setup's file" do
    Dir.mktmpdir do |prefix|
      expect(described_class.of_setup(prefix)).to be_nil
      FileUtils.mkdir_p(File.join(prefix, 'etc/wcs'))
      File.write(File.join(prefix, 'etc/wcs/.env'), "INTERFACE_IP=1.2.3.4\n")

      expect(described_class.of_setup(prefix)).to eq('1.2.3.4')
    end
  end
end

RSpec.describe Wcsbootstrap::EnvFile do
  it 'is read with quotes, comments and export' do
    text = "# a comment\nA=1\nexport B=\"two words\"\nC='x=y'\n\nnonsense\n"

    expect(described_class.parse(text)).to eq('A' => '1', 'B' => 'two words', 'C' => 'x=y')
  end

  it 'has one value replaced, or added' do
    expect(described_class.replace("A=1\nB=2\nC=3\n", 'B', '9')).to eq("A=1\nB=9\nC=3\n")
    expect(described_class.replace('A=1', 'B', '9')).to eq("A=1\nB=9\n")
    expect(described_class.replace("A=2\n", 'A', '1\\0')).to eq("A=1\\0\n")
  end
end

RSpec.describe Wcsbootstrap::Ports do
  it 'are closed where nothing listens' do
    server = TCPServer.new('127.0.0.1', 0)
    open = server.addr[1]

    expect(described_class.closed('a' => open)).to be_empty
    server.close
    expect(described_class.closed('a' => open)).to eq('a' => open)
  end
end

RSpec.describe Wcsbootstrap::Welcome do
  it 'says where to go, or that nothing runs' do
    expect(described_class.text(address: '1.2.3.4', prefix: '/usr/local', enabled: true)).to include('http://1.2.3.4:3000')
    expect(described_class.text(address: '1.2.3.4', prefix: '/usr/local', enabled: false)).to include('not set up')
  end
end

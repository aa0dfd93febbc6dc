# frozen_string_literal: true

require_relative 'spec_helper'
require 'json'

RSpec.describe Wcsprov::Settings do
  def daemon(nofile: 0, extra: {})
    JSON.parse(described_class.daemon(log_max_size: '5m', log_max_files: 2, nofile: nofile, extra: extra))
  end

  it 'rotates the logs of containers, and lets the attribute win' do
    settings = daemon(extra: { 'live-restore' => true })

    expect(settings['log-opts']).to eq('max-size' => '5m', 'max-file' => '2')
    expect(settings['live-restore']).to be(true)
    expect(settings).not_to have_key('default-ulimits')
  end

  it 'lets Docker stop its containers when the system goes down' do
    expect(daemon.fetch('live-restore')).to be(false)
  end

  it 'limits open files of containers when told to' do
    expect(daemon(nofile: 4096)['default-ulimits']['nofile']).to eq('Name' => 'nofile', 'Soft' => 4096, 'Hard' => 4096)
  end

  it 'writes one kernel parameter a line' do
    text = described_class.sysctl('vm.swappiness' => 10, 'net.core.somaxconn' => 1024)

    expect(text.lines(chomp: true).drop(1)).to eq(['vm.swappiness = 10', 'net.core.somaxconn = 1024'])
  end

  it 'limits root too, and leaves limits of zero alone' do
    expect(described_class.limits('nofile' => 9).lines(chomp: true).drop(1)).to eq(['* - nofile 9', 'root - nofile 9'])
    expect(described_class.limits('nofile' => 0).lines.size).to eq(1)
  end
end

RSpec.describe Wcsprov::Compose do
  it 'pulls the images that are not built here, each once' do
    config = <<~YAML
      services:
        broker: &druid
          image: wizzie/druid:1
        coordinator:
          <<: *druid
        own:
          build: .
          image: own
        kafka:
          image: wizzie/kafka:2
      version: '3'
    YAML

    expect(described_class.images(config)).to eq(%w[wizzie/druid:1 wizzie/kafka:2])
  end

  it 'builds the others once, as far as they have a name' do
    config = <<~YAML
      services:
        overlord: {build: ../druid, image: druid-wizzieio}
        broker: {build: ../druid, image: druid-wizzieio}
        nameless: {build: .}
        kafka: {image: 'wizzie/kafka:2'}
    YAML

    expect(described_class.built(config)).to eq('druid-wizzieio' => 'broker')
    expect(described_class.built("version: '3'\n")).to be_empty
  end
end

RSpec.describe Wcsprov::Apt do
  it 'has something to do when it would install or remove' do
    expect(described_class).to be_pending("Reading...\nInst libc6 [2.36] (2.37)\n")
    expect(described_class).to be_pending("Remv old\n")
    expect(described_class).not_to be_pending("Reading...\n0 upgraded, 0 newly installed, 0 to remove.\n")
  end
end

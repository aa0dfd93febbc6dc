# frozen_string_literal: true

require_relative 'library_case'
require 'json'

class WcsprovTest < LibraryCase
  load_libraries('provision/wcsprov')

  def test_daemon_settings_rotate_logs_and_let_the_attribute_win
    text = Wcsprov::Settings.daemon(log_max_size: '5m', log_max_files: 2, nofile: 0, extra: { 'live-restore' => true })
    settings = JSON.parse(text)

    assert_equal({ 'max-size' => '5m', 'max-file' => '2' }, settings['log-opts'])
    assert(settings['live-restore'])
    refute(settings.key?('default-ulimits'))
  end

  def test_docker_stops_its_containers_when_the_system_goes_down
    settings = JSON.parse(Wcsprov::Settings.daemon(log_max_size: '5m', log_max_files: 2, nofile: 0, extra: {}))

    refute(settings.fetch('live-restore'))
  end

  def test_daemon_settings_limit_open_files_when_told_to
    text = Wcsprov::Settings.daemon(log_max_size: '5m', log_max_files: 2, nofile: 4096, extra: {})

    assert_equal({ 'Name' => 'nofile', 'Soft' => 4096, 'Hard' => 4096 }, JSON.parse(text)['default-ulimits']['nofile'])
  end

  def test_kernel_parameters_are_one_a_line
    text = Wcsprov::Settings.sysctl('vm.swappiness' => 10, 'net.core.somaxconn' => 1024)

    assert_equal(['vm.swappiness = 10', 'net.core.somaxconn = 1024'], text.lines(chomp: true).drop(1))
  end

  def test_limits_count_for_root_too_and_zero_leaves_them
    assert_equal(['* - nofile 9', 'root - nofile 9'], Wcsprov::Settings.limits('nofile' => 9).lines(chomp: true).drop(1))
    assert_equal(1, Wcsprov::Settings.limits('nofile' => 0).lines.size)
  end

  def test_compose_images_are_those_that_are_not_built_here
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

    assert_equal(%w[wizzie/druid:1 wizzie/kafka:2], Wcsprov::Compose.images(config))
  end

  def test_images_that_are_built_here_are_built_once_and_known_by_their_name
    config = <<~YAML
      services:
        overlord: {build: ../druid, image: druid-wizzieio}
        broker: {build: ../druid, image: druid-wizzieio}
        nameless: {build: .}
        kafka: {image: 'wizzie/kafka:2'}
    YAML

    assert_equal({ 'druid-wizzieio' => 'broker' }, Wcsprov::Compose.built(config))
    assert_empty(Wcsprov::Compose.built("version: '3'\n"))
  end

  def test_apt_has_something_to_do_when_it_would_install_or_remove
    assert(Wcsprov::Apt.pending?("Reading...\nInst libc6 [2.36] (2.37)\n"))
    assert(Wcsprov::Apt.pending?("Remv old\n"))
    refute(Wcsprov::Apt.pending?("Reading...\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n"))
  end
end

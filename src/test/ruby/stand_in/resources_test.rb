# frozen_string_literal: true

require 'socket'
require_relative 'converge_case'

# Resources that need nothing of the machine but a folder.
class ResourcesTest < ConvergeCase
  def test_an_archive_is_unpacked_once
    write('tree/top/sub/file', 'v1')
    assert(system('tar', '-czf', path('a.tgz'), '-C', path('tree'), 'top'))
    recipe = "archive_file '#{path('a.tgz')}' do\n  destination '#{path('out/deep')}'\n  strip_components 1\n  " \
             "mode '0750'\nend\n"
    first = converge(recipe)
    second = converge

    assert_converged(first, '1/1')
    assert_converged(second, '0/1')
    assert_equal('v1', read('out/deep/sub/file'))
    assert_equal(0o750, File.stat(path('out/deep')).mode & 0o777)
  end

  def test_an_archive_that_differs_is_unpacked_again_when_asked
    write('tree/top/file', 'v1')
    assert(system('tar', '-cf', path('a.tar'), '-C', path('tree'), 'top'))
    recipe = "archive_file '#{path('a.tar')}' do\n  destination '#{path('out')}'\n  overwrite :auto\nend\n"
    assert_converged(converge(recipe), '1/1')
    assert_converged(converge, '0/1')

    write('out/top/file', 'spoilt')
    assert_converged(converge, '1/1')
    assert_equal('v1', read('out/top/file'))
    assert_refused(/option :acl of archive_file/, "archive_file('/a') { destination '/b'; options [:acl] }")
  end

  def test_a_missing_archive_is_an_error
    result = converge("archive_file('/no/such') { destination '#{path('o')}' }")

    assert_match(/Errno::ENOENT.*No archive found at/, result.out)
  end

  def test_a_request_is_sent_and_a_refusal_is_an_error
    served = []
    server = TCPServer.new('127.0.0.1', 0)
    thread = Thread.new { serve(server, served) }
    url = "http://127.0.0.1:#{server.addr[1]}"
    result = converge(<<~RUBY)
      http_request 'said' do
        url '#{url}/posted'
        headers 'X-Kind' => 'test'
        message 'body of it'
        action :post
      end
      http_request 'refused' do
        url '#{url}/missing'
        action :put
      end
    RUBY

    assert_match(%r{- http_request\[said\] POST to #{url}/posted}, result.out)
    assert_match(/FATAL: Net::HTTP\w+Exception: http_request\[refused\].*404/, result.out)
    assert_includes(served.first, 'body of it')
    assert_match(/X-Kind: test/i, served.first)
  ensure
    thread&.kill
    server&.close
  end

  # Asked of programs that stand in the way of gem and dpkg: they note what they are asked and remember it.
  def test_packages_from_files_and_gems_are_installed_once
    program('dpkg-deb', "printf 'tool\\t1.2\\n'")
    program('dpkg-query', "cat #{path('dpkg-state')} 2>/dev/null")
    program('dpkg', "echo \"$@\" >> #{path('asked')}; printf 'install ok installed|1.2' > #{path('dpkg-state')}")
    program('gem', <<~SH)
      case "$1" in
        list) cat #{path('gems')} 2>/dev/null || true ;;
        install) echo "$@" >> #{path('asked')}; echo 'toml (default: 2.1.0, 1.9)' > #{path('gems')} ;;
      esac
    SH
    write('tool.deb', 'x')
    recipe = "dpkg_package 'tool' do\n  source '#{path('tool.deb')}'\nend\ngem_package 'toml' do\n  version '~> 2.0'\nend\n"
    env = { 'PATH' => "#{path('bin')}:#{ENV.fetch('PATH')}" }
    first = converge(recipe, env: env)
    second = converge(env: env)

    assert_converged(first, '2/2')
    assert_converged(second, '0/2')
    assert_equal(["-i #{path('tool.deb')}", 'install toml -q --no-document -v ~> 2.0'], read('asked').lines(chomp: true))
  end

  private

  def program(name, text)
    write("bin/#{name}", "#!/bin/sh\n#{text}\n")
    File.chmod(0o755, path("bin/#{name}"))
  end

  def serve(server, served)
    loop do
      client = server.accept
      head = client.gets("\r\n\r\n")
      body = client.read(head[/content-length: (\d+)/i, 1].to_i)
      served << (head + body)
      status = head.include?('/missing') ? '404 Not Found' : '200 OK'
      client.write("HTTP/1.1 #{status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
      client.close
    end
  end
end

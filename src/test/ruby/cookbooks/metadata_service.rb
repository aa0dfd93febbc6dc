# frozen_string_literal: true

require 'socket'

# An instance metadata service on loopback: it hands out one token and answers questions that bring it.
class MetadataService
  TOKEN = 'the-token'

  attr_reader :requests

  # `failures` is how many requests are first answered with a server error.
  def initialize(values, failures: 0)
    @values = values
    @failures = failures
    @requests = []
    @server = TCPServer.new('127.0.0.1', 0)
    @thread = Thread.new { loop { serve(@server.accept) } }
  end

  def endpoint
    "http://127.0.0.1:#{@server.addr[1]}"
  end

  def stop
    @thread.kill
    @server.close
  end

  private

  def serve(socket)
    verb, path = socket.gets.split
    headers = {}
    while (line = socket.gets.chomp) != ''
      name, value = line.split(': ', 2)
      headers[name.downcase] = value
    end
    @requests << "#{verb} #{path}"
    status, body = answer(verb, path, headers)
    socket.write("HTTP/1.1 #{status}\r\nContent-Length: #{body.bytesize}\r\nConnection: close\r\n\r\n#{body}")
  ensure
    socket.close
  end

  def answer(verb, path, headers)
    return ['503 Busy', ''] if (@failures -= 1) >= 0
    return verb == 'PUT' ? ['200 OK', TOKEN] : ['405 No', ''] if path == '/latest/api/token'
    return ['401 Unauthorized', ''] unless headers['x-aws-ec2-metadata-token'] == TOKEN

    value = @values[path.delete_prefix('/latest/meta-data/')]
    value ? ['200 OK', value] : ['404 Not Found', 'no']
  end
end

# frozen_string_literal: true

module Wcsbootstrap
  # A file of NAME=value lines, as shells and Compose read it.
  module EnvFile
    LINE = /\A(?:export\s+)?([A-Za-z_]\w*)=(.*)\z/

    def self.parse(text)
      text.each_line(chomp: true).map { |line| LINE.match(line) }.compact.to_h { |match| [match[1], unquote(match[2])] }
    end

    def self.read(path)
      ::File.file?(path) ? parse(::File.read(path)) : {}
    end

    def self.unquote(value)
      value[/\A(["'])(.*)\1\z/, 2] || value
    end

    def self.render(values)
      values.map { |name, value| "#{name}=#{value}\n" }.join
    end

    # The same text with one value changed, or added at its end.
    def self.replace(text, name, value)
      line = "#{name}=#{value}\n"
      return text.sub(/^(?:export\s+)?#{Regexp.escape(name)}=.*\n?/) { line } if parse(text).key?(name)

      text.empty? || text.end_with?("\n") ? text + line : "#{text}\n#{line}"
    end
  end
end

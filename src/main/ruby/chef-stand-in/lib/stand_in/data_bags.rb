# frozen_string_literal: true

require 'base64'
require 'openssl'

module StandIn
  # Data bags in folders of JSON files, encrypted items included.
  class DataBags
    def initialize(paths)
      @paths = paths
    end

    def items(bag)
      files(bag).map { |file| File.basename(file, '.json') }.sort
    end

    def item(bag, name, secret = nil)
      file = files(bag).find { |path| File.basename(path, '.json') == name }
      raise Chef::Exceptions::DataBagItemNotFound, "data bag '#{bag}' has no item '#{name}'" if file.nil?

      raw = JSON.parse(File.read(file))
      encrypted?(raw) ? Mash.from(decrypt(raw, secret || shared_secret(bag, name))) : Mash.from(raw)
    end

    private

    def files(bag)
      folders = @paths.map { |path| File.join(path, bag.to_s) }.select { |folder| File.directory?(folder) }
      raise Chef::Exceptions::InvalidDataBagPath, "data bag '#{bag}' is in none of: #{@paths.join(', ')}" if folders.empty?

      folders.flat_map { |folder| Dir[File.join(folder, '*.json')] }
    end

    def encrypted?(raw)
      raw.each_value.any? { |value| value.is_a?(Hash) && value.key?('encrypted_data') }
    end

    def shared_secret(bag, name)
      path = Chef::Config[:encrypted_data_bag_secret]
      raise Chef::Exceptions::ConfigurationError, "#{bag}/#{name} is encrypted: set encrypted_data_bag_secret" if path.nil?

      File.read(path).strip
    end

    def decrypt(raw, secret)
      raw.to_h { |key, value| key == 'id' ? [key, value] : [key, decrypt_value(key, value, secret)] }
    end

    def decrypt_value(key, value, secret)
      plain = value.fetch('version') == 3 ? open_gcm(value, secret) : open_cbc(value, secret)
      JSON.parse(plain).fetch('json_wrapper')
    rescue OpenSSL::Cipher::CipherError, JSON::ParserError
      raise Chef::Exceptions::ConfigurationError, "could not decrypt '#{key}': is it the right secret?"
    end

    def open_cbc(value, secret)
      check_hmac(value, secret) if value['version'] == 2
      cipher = prepared(value.fetch('cipher', 'aes-256-cbc'), value, secret)
      cipher.update(Base64.decode64(value['encrypted_data'])) + cipher.final
    end

    def open_gcm(value, secret)
      cipher = prepared('aes-256-gcm', value, secret)
      cipher.auth_tag = Base64.decode64(value['auth_tag'])
      cipher.auth_data = ''
      cipher.update(Base64.decode64(value['encrypted_data'])) + cipher.final
    end

    def prepared(name, value, secret)
      cipher = OpenSSL::Cipher.new(name)
      cipher.decrypt
      cipher.key = OpenSSL::Digest::SHA256.digest(secret)
      cipher.iv = Base64.decode64(value['iv'])
      cipher
    end

    def check_hmac(value, secret)
      wanted = Base64.encode64(OpenSSL::HMAC.digest('sha256', secret, value['encrypted_data'])).strip
      raise OpenSSL::Cipher::CipherError, 'hmac' unless wanted == value['hmac'].to_s.strip
    end
  end
end

# frozen_string_literal: true

class Chef
  # The settings of solo.rb. A setting that the stand-in does not know is refused, so that one that
  # would change what Chef does can't be ignored by accident.
  class Config
    DEFAULTS = {
      cookbook_path: [], role_path: [], data_bag_path: [], environment_path: [], environment: '_default',
      node_name: nil, node_path: nil, json_attribs: nil, chef_repo_path: nil, log_level: :auto, log_location: nil,
      file_cache_path: nil, file_backup_path: nil, lockfile: nil, umask: 0o022, color: false,
      why_run: false, encrypted_data_bag_secret: nil, override_runlist: nil, cache_path: nil,
      config_file: nil
    }.freeze

    # Known to Chef and without effect on what these cookbooks do here.
    IGNORED = %i[
      solo local_mode listen chef_guid_path chef_license client_fork minimal_ohai ssl_verify_mode verbose_logging
      no_lazy_load enable_reporting run_lock_timeout stream_execute_output resource_unified_mode_default
      show_download_progress
      file_staging_uses_destdir file_atomic_update diff_disabled diff_filesize_threshold diff_output_threshold
      report_handlers exception_handlers start_handlers data_collector automatic_attribute_whitelist
      default_attribute_whitelist normal_attribute_whitelist override_attribute_whitelist
      allowed_automatic_attributes allowed_default_attributes allowed_normal_attributes allowed_override_attributes
      blocked_automatic_attributes blocked_default_attributes blocked_normal_attributes blocked_override_attributes
      rubygems_url http_retry_count http_retry_delay rest_timeout yum_timeout target_mode_config
    ].freeze

    class << self
      def values
        @values ||= DEFAULTS.dup
      end

      def reset
        @values = nil
      end

      def [](name)
        values[name.to_sym]
      end

      def []=(name, value)
        setting!(name)
        values[name.to_sym] = value
      end

      def key?(name)
        values.key?(name.to_sym)
      end

      def from_file(path)
        class_eval(File.read(path), path, 1)
      rescue SyntaxError, NameError => e
        raise Chef::Exceptions::ConfigurationError, "#{path}: #{e.message}"
      end

      # Like Chef's local mode: what is not set lands beside solo.rb.
      def complete
        values[:cache_path] ||= File.join(File.dirname(values[:config_file]), 'local-mode-cache')
        values[:file_cache_path] ||= File.join(values[:cache_path], 'cache')
        values[:file_backup_path] ||= File.join(values[:cache_path], 'backup')
      end

      def paths(name)
        Array(values[name]).map { |path| File.expand_path(path) }
      end

      def method_missing(name, *args)
        setting = name.to_s.delete_suffix('=').to_sym
        return values[setting] if args.empty?

        self[setting] = args.size == 1 ? args.first : args
      end

      def respond_to_missing?(name, include_private = false)
        setting = name.to_s.delete_suffix('=').to_sym
        DEFAULTS.key?(setting) || IGNORED.include?(setting) || super
      end

      private

      def setting!(name)
        return if DEFAULTS.key?(name.to_sym) || IGNORED.include?(name.to_sym)

        raise Chef::Exceptions::ConfigurationError, "the stand-in does not know the setting '#{name}' of solo.rb"
      end
    end
  end
end

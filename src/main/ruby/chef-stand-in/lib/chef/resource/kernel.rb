# frozen_string_literal: true

class Chef
  class Resource
    # A kernel parameter, now and at every boot.
    class Sysctl < Resource
      resource_name :sysctl
      unified_mode true
      property :key, String, name_property: true
      property :value, [String], coerce: ->(v) { v.is_a?(Array) ? v.join(' ') : v.to_s }, required: [:apply]
      property :comment, [Array, String], default: [], desired_state: false
      property :conf_dir, String, default: '/etc/sysctl.d', desired_state: false
      property :ignore_error, [true, false], default: false, desired_state: false

      def conf_file
        ::File.join(conf_dir, "99-chef-#{key.tr('/', '.')}.conf")
      end

      load_current_value do
        current_value_does_not_exist! unless ::File.file?(conf_file)
        running = shell_out('sysctl', '-n', '-e', key).stdout.tr("\t", ' ').strip
        current_value_does_not_exist! unless ::File.binread(conf_file)[/^[^#].* = (.*)$/, 1] == running
        value running
      end

      default_action :apply
      action :apply do
        converge_if_changed do
          shell_out!('sysctl', *(new_resource.ignore_error ? ['-e'] : []), '-w', "#{new_resource.key}=#{new_resource.value}")
          directory new_resource.conf_dir
          file new_resource.conf_file do
            content((Array(new_resource.comment).map { |c| "# #{c.strip}\n" } +
                     ["#{new_resource.key} = #{new_resource.value}\n"]).join)
          end
          execute 'Load sysctl values' do
            command "sysctl #{'-e ' if new_resource.ignore_error}-p"
            default_env true
          end
        end
      end

      action :remove do
        if ::File.exist?(new_resource.conf_file)
          converge_by("removing sysctl config at #{new_resource.conf_file}") do
            file new_resource.conf_file do
              action :delete
            end
          end
        end
      end
    end

    # A file to swap to.
    class SwapFile < Resource
      resource_name :swap_file
      property :path, String, name_property: true
      property :size, Integer
      property :persist, [true, false], default: false, desired_state: false
      property :timeout, Integer, default: 600, desired_state: false
      property :swappiness, Integer, desired_state: false

      def after_created
        raise StandIn::Unsupported, 'swappiness of swap_file: use sysctl' if swappiness

        super
      end

      default_action :create
      action_class do
        def active?
          shell_out('swapon', '--show=NAME', '--noheadings').stdout.split.include?(new_resource.path)
        end

        def step(text, *words)
          converge_by(text) { shell_out!(*words, timeout: new_resource.timeout) }
        end

        def persist
          line = "#{new_resource.path} swap swap defaults 0 0\n"
          ::File.write('/etc/fstab', line, mode: 'a') unless ::File.binread('/etc/fstab').lines.include?(line.b)
        end
      end

      action :create do
        unless active?
          path = new_resource.path
          step("create empty swapfile at #{path}", 'dd', 'if=/dev/zero', "of=#{path}", 'bs=1048576',
               "count=#{new_resource.size}")
          step("set permissions on #{path} to 600", 'chmod', '600', path)
          step("make #{path} swappable", 'mkswap', '-f', path)
          step("enable swap for #{path}", 'swapon', path)
          persist if new_resource.persist && !why_run?
        end
      end

      action :remove do
        step("turn off swap for #{new_resource.path}", 'swapoff', new_resource.path) if active?
        if ::File.exist?(new_resource.path)
          converge_by("remove swap file #{new_resource.path}") { ::File.delete(new_resource.path) }
        end
      end
    end
  end
end

# frozen_string_literal: true

class Chef
  class Resource
    # The machine's name, now and after a reboot.
    class Hostname < Resource
      HOSTS = '/etc/hosts'

      resource_name :hostname
      unified_mode true
      property :hostname, String, name_property: true
      property :fqdn, String
      property :ipaddress, [String, nil], default: lazy { node['ipaddress'] }
      property :aliases, [Array, nil]
      property :compile_time, [true, false], default: true, desired_state: false

      default_action :set
      action_class do
        # A container's /etc/hostname is a mount of its own, which hostnamectl can't replace.
        def bound?
          !shell_out('findmnt', '--mountpoint', '/etc/hostname').error?
        end

        def hosts_line
          names = [new_resource.fqdn, new_resource.hostname, *new_resource.aliases, new_resource.hostname[/[^.]*/]]
          [new_resource.ipaddress, *names].reject { |one| one.to_s.empty? }.join(' ')
        end

        def hosts
          wanted = hosts_line
          lines = StandIn.text(::File.read(HOSTS)).lines(chomp: true)
          return if lines.include?(wanted)

          other = /^#{Regexp.escape(new_resource.ipaddress)}\s+|\s+#{Regexp.escape(new_resource.hostname)}\s+/
          text = [*lines.grep_v(other), wanted].map { |one| "#{one}\n" }.join
          file HOSTS do
            content text
            notifies :reload, 'ohai[reload hostname]'
          end
        end
      end

      action :set do
        name = new_resource.hostname
        ohai('reload hostname') { action :nothing }
        execute "set hostname to #{name}" do
          command ['hostname', name]
          not_if { shell_out!('hostname').stdout.chomp == name }
          notifies :reload, 'ohai[reload hostname]'
        end
        hosts if new_resource.ipaddress
        if which('hostnamectl') && !docker? && !bound?
          execute "hostnamectl set-hostname #{name}" do
            not_if { shell_out!('hostnamectl', '--static').stdout.chomp == name }
            notifies :reload, 'ohai[reload hostname]'
          end
        else
          file('/etc/hostname') { content "#{name}\n" }
        end
      end
    end

    # The machine's time zone.
    class Timezone < Resource
      resource_name :timezone
      unified_mode true
      property :timezone, String, name_property: true, desired_state: true

      load_current_value do
        timezone shell_out!('timedatectl', 'show', '--property=Timezone', '--value').stdout.chomp
      end

      default_action :set
      action :set do
        converge_if_changed(:timezone) do
          package 'tzdata'
          shell_out!('timedatectl', '--no-ask-password', 'set-timezone', new_resource.timezone)
        end
      end
    end

    # The language that programs speak.
    class Locale < Resource
      CONF = '/etc/locale.conf'
      VARIABLES = %w[ADDRESS COLLATE CTYPE IDENTIFICATION MEASUREMENT MESSAGES MONETARY NAME NUMERIC PAPER TELEPHONE
                     TIME].map { |part| "LC_#{part}" }.freeze

      resource_name :locale
      unified_mode true
      property :lang, String, default: 'en_US.utf8', regex: [/\A\S+/]
      property :lc_env, Hash, default: {}, callbacks: {
        "has a variable that is none of #{VARIABLES.join(', ')}" => ->(v) { (v.keys - VARIABLES).empty? }
      }

      load_current_value do
        current_value_does_not_exist! unless ::File.file?(CONF)
        values = ::File.readlines(CONF, chomp: true).grep(/=/).to_h { |line| line.split('=', 2) }
        lang values.delete('LANG') if values['LANG']
        lc_env values.slice(*VARIABLES)
      end

      default_action :update
      action :update do
        raise Exceptions::ProviderNotFound, 'The locale resource requires the locale-gen tool' unless which('locale-gen')

        converge_if_changed do
          wanted = { 'LANG' => new_resource.lang }.merge(new_resource.lc_env)
          missing = wanted.values.uniq - shell_out!('locale', '-a').stdout.split("\n")
          shell_out!('locale-gen', *missing, timeout: 1800) unless missing.empty?
          text = wanted.sort.map { |name, value| "#{name}=#{value}\n" }.join
          file 'Updating system locale' do
            path CONF
            content text
          end
        end
      end
    end

    # A module of the kernel, loaded now and at every boot, or never.
    class KernelModule < Resource
      resource_name :kernel_module
      unified_mode true
      property :modname, String, name_property: true
      property :options, Array
      property :load_dir, String, default: '/etc/modules-load.d'
      property :unload_dir, String, default: '/etc/modprobe.d'

      default_action :install
      action_class do
        def loaded?
          ::File.foreach('/proc/modules').any? { |line| line.split.first == new_resource.modname.tr('-', '_') }
        end

        def unload_file(kind)
          "#{new_resource.unload_dir}/#{kind}_#{new_resource.modname}.conf"
        end

        def initramfs
          with_run_context :root do
            find_resource(:execute, 'update initramfs') do
              command 'update-initramfs -u'
              action :nothing
            end
          end
        end

        def configure(path, text)
          initramfs
          file path do
            text ? content(text) : action(:delete)
            notifies :run, 'execute[update initramfs]', :delayed
          end
        end
      end

      action :install do
        configure(unload_file('disable'), nil)
        if new_resource.options
          text = "options #{new_resource.modname} #{new_resource.options.join(' ')}\n"
          file(unload_file('options')) { content text }
        end
        action_load
        directory(new_resource.load_dir) { recursive true }
        configure("#{new_resource.load_dir}/#{new_resource.modname}.conf", "#{new_resource.modname}\n")
      end

      action :uninstall do
        configure("#{new_resource.load_dir}/#{new_resource.modname}.conf", nil)
        configure(unload_file('blacklist'), nil)
        file(unload_file('options')) { action :delete }
        action_unload
      end

      action :blacklist do
        configure(unload_file('blacklist'), "blacklist #{new_resource.modname}")
        action_unload
      end

      action :disable do
        configure(unload_file('disable'), "install #{new_resource.modname} /bin/false")
        action_unload
      end

      action(:enable) { configure(unload_file('disable'), nil) }

      action :load do
        unless loaded?
          converge_by("load kernel module #{new_resource.modname}") { shell_out!('modprobe', new_resource.modname) }
        end
      end

      action :unload do
        if loaded?
          converge_by("unload kernel module #{new_resource.modname}") { shell_out!('modprobe', '-r', new_resource.modname) }
        end
      end
    end

    # A file system at its place, now and at every boot.
    class Mount < Resource
      FSTAB = '/etc/fstab'

      resource_name :mount
      property :mount_point, String, name_property: true, coerce: ->(v) { v == '/' ? v : v.chomp('/') }
      property :device, String, identity: true
      property :device_type, [String, Symbol], coerce: ->(v) { v.to_sym }, equal_to: %i[device label uuid], default: :device
      property :fstype, [String, nil], default: 'auto'
      property :options, [Array, String, nil], default: %w[defaults],
                                               coerce: ->(v) { (v.is_a?(String) ? v.split(',') : v).map(&:strip) }
      property :dump, [Integer, false], default: 0
      property :pass, [Integer, false], default: 2
      property :supports, [Array, Hash], default: { remount: false }, desired_state: false,
                                         coerce: ->(v) { v.is_a?(Array) ? v.to_h { |one| [one, true] } : v }

      default_action :mount
      action_class do
        def spec
          marks = { label: 'LABEL=', uuid: 'UUID=' }
          "#{marks[new_resource.device_type]}#{new_resource.device}"
        end

        def point
          new_resource.mount_point
        end

        # The last one that was mounted there is the one that is seen.
        def mounted?
          place = ::File.exist?(point) ? ::File.realpath(point) : point
          found = shell_out('findmnt', '--noheadings', '--raw', '--output', 'SOURCE', '--mountpoint', place).stdout
          [spec, real_device, new_resource.device].include?(found.lines(chomp: true).last.to_s.sub(/\[.*\]\z/, ''))
        end

        def real_device
          path = new_resource.device_type == :device ? new_resource.device : shell_out('findfs', spec).stdout.chomp
          ::File.symlink?(path) ? ::File.realpath(path) : path
        end

        def mount_it
          raise Exceptions::Mount, "Mount point #{point} does not exist" unless ::File.exist?(point)

          options = Array(new_resource.options)
          shell_out!('mount', '-t', new_resource.fstype, *(options.empty? ? [] : ['-o', options.join(',')]), spec, point)
        end

        def line
          "#{spec} #{point} #{new_resource.fstype} #{Array(new_resource.options).join(',')} " \
            "#{new_resource.dump.to_i} #{new_resource.pass.to_i}\n"
        end

        def fstab
          ::File.exist?(FSTAB) ? ::File.binread(FSTAB).lines : []
        end

        # The last of several lines for the same place wins.
        def entry
          fstab.reverse.find { |one| one.split.first(2) == [spec, point] }
        end

        def change_fstab(from, to)
          lines = fstab
          at = from ? lines.rindex(from) : lines.size
          lines[-1] = "#{lines[-1].chomp}\n" if lines.any?
          to ? lines[at] = to : lines.delete_at(at)
          ::File.binwrite(FSTAB, lines.join)
        end
      end

      action(:mount) { converge_by("mount #{new_resource.device} to #{point}") { mount_it } unless mounted? }
      action(:umount) { converge_by("unmount #{new_resource.device}") { shell_out!('umount', point) } if mounted? }
      action(:unmount) { action_umount }
      action :remount do
        next unless mounted?

        if new_resource.supports[:remount]
          options = ['remount', *new_resource.options].join(',')
          converge_by("remount #{new_resource.device}") { shell_out!('mount', '-o', options, point) }
        else
          action_umount
          action_mount
        end
      end

      action :enable do
        found = entry
        converge_by("enable #{new_resource.device}") { change_fstab(found, line) } unless found&.split == line.split
      end

      action :disable do
        found = entry
        converge_by("disable #{new_resource.device}") { change_fstab(found, nil) } if found
      end
    end

    # What a user's processes may use.
    class UserUlimit < Resource
      BOTH = { as: 'as', cpu: 'cpu', filehandle: 'nofile', process: 'nproc' }.freeze
      ONE = { locks: 'locks', memory: 'memlock' }.freeze
      MORE = %i[maxlogins msgqueue core sigpending stack rss rtprio].to_h { |name| [name, name.to_s] }.freeze
      LIMITS = BOTH.merge(ONE, MORE, virt: 'as').freeze

      resource_name :user_ulimit
      unified_mode true
      property :username, String, name_property: true
      LIMITS.each_key do |name|
        property :"#{name}_limit", [String, Integer]
        next if ONE.key?(name) || name == :virt

        property :"#{name}_soft_limit", [String, Integer]
        property :"#{name}_hard_limit", [String, Integer]
      end
      property :filename, String, coerce: ->(v) { v.end_with?('.conf') ? v : "#{v}.conf" },
                                  default: lazy { username == '*' ? '00_all_limits.conf' : "#{username}_limits.conf" }

      default_action :create
      action_class do
        def path
          "/etc/security/limits.d/#{new_resource.filename}"
        end

        def limit(name)
          new_resource.respond_to?(name) ? new_resource.public_send(name) : nil
        end

        def lines
          LIMITS.flat_map do |name, item|
            kinds = { '-' => "#{name}_limit", 'soft' => "#{name}_soft_limit", 'hard' => "#{name}_hard_limit" }
            kinds = { '-' => kinds['-'] } unless limit(kinds['-']).nil?
            kinds.filter_map { |kind, word| limit(word) && "#{new_resource.username} #{kind} #{item} #{limit(word)}\n" }
          end
        end
      end

      action :create do
        text = "# Generated by #{StandIn::NAME}. Changes will be overwritten.\n\n#{lines.join}"
        file path do
          mode '0644'
          content text
        end
      end

      action(:delete) { file(path) { action :delete } }
    end

    # The automatic attributes, collected anew.
    class Ohai < Resource
      resource_name :ohai
      property :plugin, String

      default_action :reload
      action :reload do
        converge_by('re-run ohai and merge results into node attributes') do
          StandIn.texts(StandIn::SystemFacts.collect).each { |key, value| node.automatic[key] = value }
        end
      end
    end
  end
end

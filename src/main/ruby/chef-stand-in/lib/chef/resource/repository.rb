# frozen_string_literal: true

class Chef
  class Resource
    # A source of Debian packages, with the keys that sign it.
    class AptRepository < Resource
      LISTS = '/etc/apt/sources.list.d'
      KEYRINGS = '/etc/apt/keyrings'

      resource_name :apt_repository
      unified_mode true
      property :repo_name, String, regex: [%r{\A[^/]+\z}], coerce: ->(v) { v.tr(' ', '-') }, name_property: true
      property :uri, String
      property :distribution, [String, nil, false], default: lazy { node['lsb']['codename'] }
      property :components, Array, default: []
      property :arch, [String, nil, false]
      property :trusted, [true, false], default: false
      property :deb_src, [true, false], default: false
      property :keyserver, [String, nil, false], default: 'keyserver.ubuntu.com'
      property :key, [String, Array, nil, false], default: [], coerce: ->(v) { v ? Array(v) : v }
      property :key_proxy, [String, nil, false]
      property :signed_by, [String, true, false, nil], default: true
      property :cookbook, [String, nil, false], desired_state: false
      property :cache_rebuild, [true, false], default: true, desired_state: false
      property :options, [String, Array], default: [], coerce: ->(v) { Array(v) }

      def after_created
        raise StandIn::Unsupported, 'a ppa: as uri of apt_repository' if uri&.start_with?('ppa:')
        raise StandIn::Unsupported, 'a key of apt_repository without signed_by' if key&.any? && !signed_by

        super
      end

      default_action :add
      action_class do
        def keyring
          "#{KEYRINGS}/#{new_resource.repo_name}.gpg"
        end

        def list
          "#{LISTS}/#{new_resource.repo_name}.list"
        end

        def key_id?(key)
          [8, 16, 40].include?(key.delete_prefix('0x')[/\A\h+\z/].to_s.size)
        end

        def gpg(*words)
          ['gpg', '--batch', '--yes', '--no-default-keyring', '--keyring', "gnupg-ring:#{keyring}", *words]
        end

        def from_keyserver(key)
          server = new_resource.keyserver
          server = "hkp://#{server}:80" unless server.include?('://')
          proxy = new_resource.key_proxy ? ['--keyserver-options', "http-proxy=#{new_resource.key_proxy}"] : []
          known = gpg('--list-public-keys', key)
          words = gpg(*proxy, '--keyserver', server, '--recv-keys', key)
          execute "install-key #{key}" do
            command words
            default_env true
            not_if { !shell_out(*known).error? }
          end
        end

        # The ring is made anew when the key's file changes; it never holds another key.
        def from_file(key)
          wanted = new_resource
          staged = ::File.join(Chef::Config[:file_cache_path], key.gsub(/[^0-9A-Za-z-]/, '_'))
          ring = keyring
          import = gpg('--import', staged)
          declare_resource(key.start_with?('http') ? :remote_file : :cookbook_file, staged) do
            source key
            cookbook wanted.cookbook || wanted.cookbook_name.to_s if respond_to?(:cookbook)
            mode '0644'
            sensitive wanted.sensitive
            notifies :run, "execute[import #{ring}]", :immediately
          end
          execute "import #{ring}" do
            command import
            default_env true
            action(::File.exist?(ring) ? :nothing : :run)
          end
        end

        def marks
          signed = new_resource.signed_by == true ? keyring : new_resource.signed_by
          found = [new_resource.arch && "arch=#{new_resource.arch}", new_resource.trusted && 'trusted=yes',
                   signed && "signed-by=#{signed}", *new_resource.options].select { |mark| mark }
          found.empty? ? [] : ["[#{found.join(' ')}]"]
        end

        def lines
          source = [*marks, new_resource.uri, new_resource.distribution || nil, *new_resource.components].compact.join(' ')
          "deb      #{source}\n#{"deb-src  #{source}\n" if new_resource.deb_src}"
        end

        def install_keys
          return if Array(new_resource.key || nil).empty?

          directory(KEYRINGS) { mode '0755' }
          new_resource.key.each { |key| key_id?(key) ? from_keyserver(key) : from_file(key) }
          file(keyring) { mode '0644' }
        end
      end

      action :add do
        apt_update(new_resource.name) { action :nothing }
        install_keys
        text = lines
        refresh = new_resource.cache_rebuild ? "apt_update[#{new_resource.name}]" : nil
        file list do
          owner 'root'
          group 'root'
          mode '0644'
          content text
          notifies :update, refresh, :immediately if refresh
        end
      end

      action :remove do
        refresh = new_resource.cache_rebuild ? "apt_update[#{new_resource.name}]" : nil
        apt_update(new_resource.name) { action :nothing }
        file(keyring) { action :delete }
        file list do
          action :delete
          notifies :update, refresh, :immediately if refresh
        end
      end
    end

    # Which version of a package apt prefers.
    class AptPreference < Resource
      FOLDER = '/etc/apt/preferences.d'

      resource_name :apt_preference
      unified_mode true
      property :package_name, String, name_property: true, regex: [/\A[a-zA-Z0-9_.*+-]+\z/]
      property :glob, String
      property :pin, String, required: [:add]
      property :pin_priority, [String, Integer], required: [:add]

      default_action :add
      action_class do
        def path
          "#{FOLDER}/#{new_resource.package_name.tr('.', '_').gsub('*', 'wildcard')}.pref"
        end
      end

      action :add do
        text = "Package: #{new_resource.glob || new_resource.package_name}\nPin: #{new_resource.pin}\n" \
               "Pin-Priority: #{new_resource.pin_priority}\n"
        directory(FOLDER) { mode '0755' }
        file path do
          mode '0644'
          content text
        end
      end

      action(:remove) { file(path) { action :delete } }
    end

    # A Debian package from a file.
    class DpkgPackage < Resource
      resource_name :dpkg_package
      property :package_name, String, name_property: true, desired_state: false
      property :source, [String, nil], default: lazy { package_name if package_name.start_with?('/') }
      property :version, String
      property :options, [String, Array], coerce: ->(v) { v.is_a?(String) ? v.split : v }, default: [], desired_state: false
      property :timeout, [Integer, String], default: 900, desired_state: false
      property :environment, Hash, default: {}, desired_state: false
      property :allow_downgrade, [true, false], default: true, desired_state: false

      default_action :install
      action_class do
        def name_and_version
          @name_and_version ||= begin
            path = new_resource.source.to_s
            raise Exceptions::Package, "package #{path} not found" unless ::File.exist?(path)

            shell_out!('dpkg-deb', '-W', path).stdout.split
          end
        end

        def installed(name)
          found = shell_out('dpkg-query', '-W', '-f', '${Status}|${Version}', name).stdout
          found[/\Ainstall ok installed\|(.+)/, 1]
        end

        def dpkg(*words)
          variables = { 'DEBIAN_FRONTEND' => 'noninteractive' }.merge(new_resource.environment)
          shell_out!('dpkg', *words, environment: variables, timeout: new_resource.timeout.to_i)
        end

        def older?(version, than)
          !shell_out('dpkg', '--compare-versions', version, 'lt', than).error?
        end

        def install(verb)
          name, version = name_and_version
          present = installed(name)
          return if present == version || (present && verb == 'install' && new_resource.version.nil?)
          return if present && !new_resource.allow_downgrade && older?(version, present)

          converge_by("#{verb} version #{version} of package #{name}") do
            dpkg('-i', *new_resource.options, new_resource.source)
          end
        end

        def removal(flag, verb)
          name = new_resource.source ? name_and_version.first : new_resource.package_name
          converge_by("#{verb} package #{name}") { dpkg(flag, *new_resource.options, name) } if installed(name)
        end
      end

      action(:install) { install('install') }
      action(:upgrade) { install('upgrade') }
      action(:remove) { removal('-r', 'remove') }
      action(:purge) { removal('-P', 'purge') }
    end

    # A gem for the system's Ruby.
    class GemPackage < Resource
      resource_name :gem_package
      property :package_name, String, name_property: true, desired_state: false
      property :version, String
      property :source, [String, Array], desired_state: false
      property :clear_sources, [true, false, nil], desired_state: false
      property :include_default_source, [true, false, nil], desired_state: false
      property :gem_binary, String, default: 'gem', desired_state: false
      property :options, [String, Array, nil], coerce: ->(v) { v.is_a?(String) ? v.split : v }, default: [],
                                               desired_state: false
      property :timeout, [Integer, String], default: 900, desired_state: false

      default_action :install
      action_class do
        def gem_command(*words)
          shell_out!(new_resource.gem_binary, *words, timeout: new_resource.timeout.to_i)
        end

        def installed
          gem_command('list', '--local', '--exact', new_resource.package_name).stdout[/\((.*)\)/, 1].to_s
                                                                              .scan(/\d[\w.-]*/)
        end

        def sources
          words = Array(new_resource.source).reject { |one| ::File.exist?(one) }.flat_map { |one| ['--source', one] }
          new_resource.clear_sources ? ['--clear-sources', *words] : words
        end

        def there?
          wanted = new_resource.version
          wanted ? installed.any? { |v| Gem::Requirement.new(wanted).satisfied_by?(Gem::Version.new(v)) } : installed.any?
        end

        def install(verb)
          file = Array(new_resource.source).find { |one| ::File.exist?(one) }
          version = new_resource.version ? ['-v', new_resource.version] : []
          shown = new_resource.version || 'latest'
          converge_by("#{verb} version #{shown} of package #{new_resource.package_name}") do
            gem_command('install', file || new_resource.package_name, '-q', '--no-document', *version, *sources,
                        *new_resource.options)
            Gem.clear_paths
          end
        end

        def newest
          gem_command('list', '--remote', '--exact', new_resource.package_name, *sources).stdout[/\((\d[\w.-]*)/, 1]
        end
      end

      action(:install) { install('install') unless there? }
      action(:upgrade) { install('upgrade') unless new_resource.version ? there? : installed.include?(newest) }
      action :remove do
        if installed.any?
          version = new_resource.version ? ['-v', new_resource.version] : ['-a']
          converge_by("remove package #{new_resource.package_name}") do
            gem_command('uninstall', new_resource.package_name, '-q', '-x', '-I', *version)
          end
        end
      end
      action(:purge) { action_remove }
    end

    # A gem for the Ruby that converges.
    class ChefGem < GemPackage
      resource_name :chef_gem
      property :gem_binary, String, default: ::File.join(RbConfig::CONFIG['bindir'], 'gem'), desired_state: false
    end
  end
end

# frozen_string_literal: true

class Chef
  class Resource
    # A Debian package, or several in one call of apt-get.
    class AptPackage < Resource
      resource_name :apt_package
      provides :package
      property :package_name, [String, Array], name_property: true, desired_state: false
      property :version, [String, Array]
      property :options, [String, Array], coerce: ->(v) { v.is_a?(String) ? v.split : v }, default: [], desired_state: false
      property :default_release, String, desired_state: false
      property :source, [String, Array, nil], desired_state: false
      property :timeout, [Integer, String], desired_state: false
      property :response_file, [String, nil], desired_state: false
      property :anchor_package_regex, [true, false], default: false, desired_state: false
      property :overwrite_config_files, [true, false], default: false, desired_state: false

      default_action :install
      action_class do
        def wanted
          names = Array(new_resource.package_name)
          names.zip(Array(new_resource.version))
        end

        # Installed and candidate version of every package, asked of apt once.
        def states
          @states ||= begin
            names = wanted.map(&:first)
            parse(shell_out!('apt-cache', *release, 'policy', *names).stdout)
          end
        end

        def parse(policy)
          policy.split(/^(?=\S)/).to_h do |block|
            versions = %w[Installed Candidate].map { |key| block[/^\s+#{key}: (\S+)/, 1] }
            [block[/\A([^:\s]+(?::\w+)?):$/, 1], versions.map { |v| v == '(none)' ? nil : v }]
          end
        end

        def installed(name)
          states.fetch(name, []).first || provided(name)
        end

        def candidate(name)
          states.fetch(name, []).last
        end

        # A virtual package counts as installed when its only provider is.
        def provided(name)
          return nil if candidate(name)

          providers = providers_of(name)
          return nil unless providers.size == 1

          status = shell_out('dpkg-query', '-W', '-f', '${Status} ${Version}', providers.first).stdout
          status[/\Ainstall ok installed (.+)/, 1]
        end

        def providers_of(name)
          listed = shell_out('apt-cache', 'showpkg', name).stdout[/^Reverse Provides:\s*\n(.*)\z/m, 1].to_s
          listed.lines.map { |line| line.split.first }.compact.uniq
        end

        def apt(*words)
          config = new_resource.overwrite_config_files ? %w[-o Dpkg::Options::=--force-confnew] : []
          shell_out!('apt-get', '-q', '-y', *config, *new_resource.options, *words,
                     timeout: new_resource.timeout || 900, environment: { 'DEBIAN_FRONTEND' => 'noninteractive' })
        end

        def release
          new_resource.default_release ? ['-o', "APT::Default-Release=#{new_resource.default_release}"] : []
        end

        def install(missing)
          refuse_unknown(missing)
          texts = missing.map { |name, version| "install version #{version || candidate(name)} of package #{name}" }
          converge_by(texts) { apt(*release, 'install', *missing.map { |name, version| exact(name, version) }) }
        end

        def exact(name, version)
          version ||= candidate(name)
          version ? "#{name}=#{version}" : name
        end

        def refuse_unknown(missing)
          unknown = missing.reject { |name, version| version || candidate(name) || providers_of(name).any? }.map(&:first)
          return if unknown.empty? || why_run?

          raise Exceptions::Package, "No candidate version available for #{unknown.join(', ')}"
        end

        def remove(verb)
          present = wanted.map(&:first).select { |name| installed(name) }
          shown = present.size == 1 ? present.first : present.inspect
          converge_by("#{verb} package #{shown}") { apt(verb, *present) } unless present.empty?
        end
      end

      def after_created
        raise Exceptions::Package, 'apt package provider cannot handle source property. Use dpkg provider instead' if source

        super
      end

      action :install do
        missing = wanted.reject { |name, version| version ? installed(name) == version : installed(name) }
        install(missing) unless missing.empty?
      end

      action :upgrade do
        stale = wanted.reject do |name, version|
          installed(name) && [version || candidate(name), nil].include?(installed(name))
        end
        unless stale.empty?
          texts = stale.map do |name, version|
            "upgrade package #{name} from #{installed(name) || 'uninstalled'} to #{version || candidate(name)}"
          end
          converge_by(texts) { apt('install', *stale.map { |n, v| "#{n}=#{v || candidate(n)}" }) }
        end
      end

      action(:remove) { remove('remove') }
      action(:purge) { remove('purge') }
      action(:lock) { hold('hold', 'lock') }
      action(:unlock) { hold('unhold', 'unlock') }

      action_class do
        def hold(verb, word)
          held = shell_out!('apt-mark', 'showhold').stdout.split
          names = wanted.map(&:first).select { |name| held.include?(name) == (verb == 'unhold') }
          converge_by(names.map { |n| "#{word} package #{n}" }) { shell_out!('apt-mark', verb, *names) } unless names.empty?
        end
      end
    end

    # What compiling takes.
    class BuildEssential < Resource
      resource_name :build_essential
      unified_mode true
      property :raise_if_unsupported, [true, false], default: false

      default_action :install
      action(:install) { package %w[autoconf binutils-doc bison build-essential flex gettext ncurses-dev] }
      action :upgrade do
        package %w[autoconf binutils-doc bison build-essential flex gettext ncurses-dev] do
          action :upgrade
        end
      end
    end

    # Fresh package lists, at most once in `frequency` seconds.
    class AptUpdate < Resource
      STAMP = '/var/lib/apt/periodic/update-success-stamp'
      HOOK_FOLDER = '/etc/apt/apt.conf.d'

      resource_name :apt_update
      property :frequency, Integer, default: 86_400

      unified_mode true
      default_action :periodic
      action_class do
        def fresh?
          ::File.exist?(STAMP) && ::File.mtime(STAMP) > Time.now - new_resource.frequency
        end

        # The same resources as in Chef, which counts and shows them.
        def update
          [::File.dirname(STAMP), HOOK_FOLDER].each { |path| declare_resource(:directory, path) { recursive true } }
          declare_resource(:file, "#{HOOK_FOLDER}/15update-stamp") do
            content %(APT::Update::Post-Invoke-Success {"touch #{STAMP} 2>/dev/null || true";};\n)
            action :create_if_missing
          end
          declare_resource(:execute, 'apt-get -q update') do
            command %w[apt-get -q update]
            default_env true
          end
        end
      end

      action(:periodic) { converge_by('update new lists of packages') { update } unless fresh? }
      action(:update) { converge_by('force update new lists of packages') { update } }
    end
  end
end

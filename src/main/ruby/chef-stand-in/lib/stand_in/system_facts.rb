# frozen_string_literal: true

module StandIn
  # The automatic attributes, under Ohai's names, as far as they can be had from /proc and a few commands.
  class SystemFacts
    FAMILIES = { 'debian' => 'debian', 'ubuntu' => 'debian' }.freeze

    def self.collect
      new.collect
    end

    def collect
      platform.merge(names, network, kernel, memory, cpu, time, tools)
    end

    private

    def platform
      id = os_release.fetch('ID')
      family = FAMILIES.fetch(id) { raise Unsupported, "the platform '#{id}': the stand-in knows debian and ubuntu" }
      {
        'os' => 'linux', 'platform' => id, 'platform_family' => family, 'platform_version' => os_release.fetch('VERSION_ID'),
        'lsb' => { 'id' => id.capitalize, 'codename' => os_release['VERSION_CODENAME'],
                   'release' => os_release['VERSION_ID'], 'description' => os_release['PRETTY_NAME'] },
        'os_release' => os_release.transform_keys(&:downcase), 'init_package' => 'systemd'
      }
    end

    def os_release
      @os_release ||= File.readlines('/etc/os-release', chomp: true).grep(/=/).to_h do |line|
        key, value = line.split('=', 2)
        [key, value.delete('"')]
      end
    end

    def names
      hostname = Socket.gethostname
      fqdn = command('hostname', '--fqdn')
      fqdn = hostname if fqdn.empty?
      { 'hostname' => hostname.split('.').first, 'machinename' => hostname, 'fqdn' => fqdn,
        'domain' => fqdn.split('.', 2)[1], 'etc' => etc, 'current_user' => Etc.getpwuid.name }
    end

    def etc
      users = Etc::Passwd.to_h do |u|
        [u.name, { 'uid' => u.uid, 'gid' => u.gid, 'dir' => u.dir, 'shell' => u.shell, 'gecos' => u.gecos }]
      end
      { 'passwd' => users, 'group' => Etc::Group.to_h { |g| [g.name, { 'gid' => g.gid, 'members' => g.mem }] } }
    end

    def network
      route = command('ip', '-4', 'route', 'show', 'default').split
      interface = route.include?('dev') ? route[route.index('dev') + 1] : nil
      address = address_of(interface) || Socket.ip_address_list.find { |a| a.ipv4? && !a.ipv4_loopback? }&.ip_address
      result = { 'network' => { 'default_interface' => interface, 'default_gateway' => route[2],
                                'interfaces' => interfaces } }
      address ? result.merge('ipaddress' => address) : result
    end

    def address_of(interface)
      Socket.getifaddrs.find { |a| a.name == interface && a.addr&.ipv4? }&.addr&.ip_address
    end

    def interfaces
      Socket.getifaddrs.group_by(&:name).transform_values do |entries|
        addresses = entries.map(&:addr).select { |a| a&.ip? }
        { 'addresses' => addresses.to_h { |a| [a.ip_address, { 'family' => a.ipv4? ? 'inet' : 'inet6' }] } }
      end
    end

    def kernel
      uname = Etc.uname
      { 'kernel' => { 'name' => uname[:sysname], 'release' => uname[:release], 'version' => uname[:version],
                      'machine' => uname[:machine], 'os' => 'GNU/Linux' } }
    end

    def memory
      lines = File.readlines('/proc/meminfo').to_h { |line| line.split(/:\s*/, 2).map(&:strip) }
      kib = ->(name) { lines.fetch(name, '0 kB').delete(' ') }
      { 'memory' => { 'total' => kib['MemTotal'], 'free' => kib['MemFree'], 'available' => kib['MemAvailable'],
                      'swap' => { 'total' => kib['SwapTotal'], 'free' => kib['SwapFree'] } } }
    end

    def cpu
      model = File.readlines('/proc/cpuinfo').find { |line| line.start_with?('model name') }
      cpu = { 'total' => Etc.nprocessors, 'real' => Etc.nprocessors, 'cores' => Etc.nprocessors }
      cpu['0'] = { 'model_name' => model.split(':', 2).last.strip } if model
      { 'cpu' => cpu }
    end

    def time
      { 'ohai_time' => Time.now.to_f, 'uptime_seconds' => File.read('/proc/uptime').to_i }
    end

    def tools
      { 'languages' => { 'ruby' => { 'version' => RUBY_VERSION } }, 'virtualization' => virtualization,
        'chef_packages' => { 'chef' => { 'version' => VERSION, 'stand_in' => true } } }
    end

    def virtualization
      system = command('systemd-detect-virt')
      system.empty? || system == 'none' ? {} : { 'system' => system, 'role' => 'guest', 'systems' => { system => 'guest' } }
    end

    def command(*words)
      result = Mixlib::ShellOut.new(*words).run_command
      result.error? ? result.stdout[/\A[a-z]*\z/].to_s : result.stdout.strip
    rescue Errno::ENOENT
      # Ohai, too, does without what a command would have told that is not there.
      ''
    end
  end
end

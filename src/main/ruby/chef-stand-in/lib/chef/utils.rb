# frozen_string_literal: true

# Questions about the machine, as ChefUtils has them. Chef spreads them over several modules; here they are one.
module ChefUtils
  # A version that is compared as one: '10.2' > '9'.
  class VersionString < String
    def <=>(other)
      Gem::Version.new(to_s) <=> Gem::Version.new(other.to_s)
    rescue ArgumentError
      to_s <=> other.to_s
    end

    def ==(other)
      (self <=> other)&.zero?
    end

    def =~(other)
      other.is_a?(Regexp) ? super : satisfies?(other)
    end

    def satisfies?(*constraints)
      Gem::Requirement.new(*constraints).satisfied_by?(Gem::Version.new(to_s))
    end
  end

  # Each takes the node; where it is not given, the node of this run.
  module DSL
    FAMILIES = {
      arch?: 'arch', aix?: 'aix', debian?: 'debian', fedora?: 'fedora', macos?: 'mac_os_x', rhel?: 'rhel',
      amazon?: 'amazon', solaris2?: 'solaris2', smartos?: 'smartos', suse?: 'suse', gentoo?: 'gentoo', freebsd?: 'freebsd',
      openbsd?: 'openbsd', netbsd?: 'netbsd', dragonflybsd?: 'dragonflybsd', windows?: 'windows',
      redhat_based?: %w[rhel fedora], fedora_derived?: %w[rhel fedora amazon], rpm_based?: %w[rhel fedora amazon suse]
    }.freeze
    PLATFORMS = {
      linuxmint_platform?: 'linuxmint', ubuntu_platform?: 'ubuntu', raspbian_platform?: 'raspbian',
      debian_platform?: 'debian',
      amazon_platform?: 'amazon', redhat_platform?: 'redhat', centos_platform?: 'centos', oracle_platform?: 'oracle',
      scientific_platform?: 'scientific', clearos_platform?: 'clearos', fedora_platform?: 'fedora', arch_platform?: 'arch',
      solaris2_platform?: 'solaris2', smartos_platform?: 'smartos', omnios_platform?: 'omnios', aix_platform?: 'aix',
      openindiana_platform?: 'openindiana', freebsd_platform?: 'freebsd', openbsd_platform?: 'openbsd',
      netbsd_platform?: 'netbsd', dragonfly_platform?: 'dragonfly', macos_platform?: %w[mac_os_x macos],
      gentoo_platform?: 'gentoo', slackware_platform?: 'slackware', suse_platform?: 'suse', windows_platform?: 'windows',
      opensuse_platform?: %w[opensuse opensuseleap], solaris_based?: %w[solaris2 smartos omnios openindiana],
      bsd_based?: %w[netbsd freebsd openbsd dragonflybsd]
    }.freeze
    MACHINES = {
      _64_bit?: %w[amd64 x86_64 ppc64 ppc64le s390x ia64 sparc64 aarch64 arch64 arm64 sun4v sun4u],
      intel?: %w[i86pc i386 x86_64 amd64 i686], sparc?: %w[sun4u sun4v], ppc64?: 'ppc64', ppc64le?: 'ppc64le',
      powerpc?: 'powerpc', arm?: %w[armv6l armv7l armhf aarch64 arm64 arch64], armhf?: %w[armv6l armv7l armhf],
      s390x?: 's390x', s390?: 's390'
    }.freeze
    SYSTEMS = { linux?: 'linux', darwin?: 'darwin' }.freeze
    CLOUDS = %w[alibaba ec2 gce rackspace eucalyptus linode openstack azure digital_ocean softlayer oci].freeze
    HYPERVISORS = %w[kvm lxc parallels vbox vmware openvz hyperv].freeze
    ALIASES = {
      arch_linux?: :arch?, osx?: :macos?, mac?: :macos?, mac_os_x?: :macos?, el?: :rhel?, amazon_linux?: :amazon?,
      solaris?: :solaris2?, ubuntu?: :ubuntu_platform?, raspbian?: :raspbian_platform?, mint?: :linuxmint_platform?,
      linux_mint?: :linuxmint_platform?, linuxmint?: :linuxmint_platform?, redhat?: :redhat_platform?,
      redhat_enterprise_linux?: :redhat_platform?, centos?: :centos_platform?, oracle?: :oracle_platform?,
      oracle_linux?: :oracle_platform?, scientific?: :scientific_platform?, scientific_linux?: :scientific_platform?,
      clearos?: :clearos_platform?, omnios?: :omnios_platform?, openindiana?: :openindiana_platform?,
      slackware?: :slackware_platform?, opensuse?: :opensuse_platform?, virtual?: :guest?, euca?: :eucalyptus?,
      digitalocean?: :digital_ocean?, virtualbox?: :vbox?, include_recipe?: :includes_recipe?
    }.freeze
    UNIT_FOLDERS = %w[/etc /usr/lib /lib /run].freeze

    { 'platform_family' => FAMILIES, 'platform' => PLATFORMS, 'os' => SYSTEMS }.each do |attribute, words|
      words.each { |word, names| define_method(word) { |node = __node| Array(names).include?(node[attribute]) } }
    end
    MACHINES.each { |word, names| define_method(word) { |node = __node| Array(names).include?(node['kernel']['machine']) } }
    CLOUDS.each { |name| define_method(:"#{name}?") { |node = __node| node.key?(name) } }
    HYPERVISORS.product([['?', 'guest'], ['_host?', 'host']]).each do |name, (ending, role)|
      define_method(:"#{name}#{ending}") { |node = __node| __runs_on?(node, name, role) }
    end
    { guest?: 'guest', hypervisor?: 'host' }.each do |word, role|
      define_method(word) { |node = __node| node.read('virtualization', 'role') == role }
    end

    def physical?(node = __node)
      !guest?(node)
    end

    def _32_bit?(node = __node)
      !_64_bit?(node)
    end

    def i386?(node = __node)
      _32_bit?(node) && intel?(node)
    end

    def cloud?(node = __node)
      !node['cloud'].nil?
    end

    def vagrant?(node = __node)
      node.key?('vagrant') || Etc::Passwd.any? { |user| user.name == 'vagrant' }
    end

    def docker?(node = __node)
      node.read('virtualization', 'systems', 'docker') == 'guest'
    end

    def systemd?(_node = nil)
      File.exist?('/proc/1/comm') && File.read('/proc/1/comm').chomp == 'systemd'
    end

    def kitchen?(_node = nil)
      ENV.key?('TEST_KITCHEN')
    end

    def ci?(_node = nil)
      ENV.key?('CI')
    end

    def has_systemd_unit?(name) # rubocop:disable Naming/PredicateName -- Chef's own name
      UNIT_FOLDERS.any? { |folder| File.exist?("#{folder}/systemd/system/#{name}") }
    end

    def has_systemd_service_unit?(name) # rubocop:disable Naming/PredicateName -- Chef's own name
      has_systemd_unit?("#{name.sub(/@.*/, '@')}.service")
    end

    def includes_recipe?(name, node = __node)
      node.recipe?(name)
    end

    def platform_version(node = __node)
      VersionString.new(node['platform_version'])
    end

    def which(...)
      where(...).first || false
    end

    def where(*names, prepend_path: nil, extra_path: %w[/bin /usr/bin /sbin /usr/sbin], &wanted)
      folders = [*prepend_path, *ENV.fetch('PATH', '').split(':'), *extra_path].uniq
      found = names.flatten.product(folders).map { |name, folder| File.join(folder, name) }
      found.select { |path| File.executable?(path) && File.file?(path) && (wanted.nil? || wanted.call(path)) }
    end

    ALIASES.each { |name, word| alias_method(name, word) }

    %i[Architecture Cloud Introspection OS Platform PlatformFamily PlatformVersion Virtualization Which].each do |name|
      const_set(name, self)
    end

    private

    def __node
      (respond_to?(:node) ? node : nil) || Chef.node
    end

    def __runs_on?(node, system, role)
      node.read('virtualization', 'system') == system && node.read('virtualization', 'role') == role
    end
  end

  extend DSL
end

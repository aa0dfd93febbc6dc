# frozen_string_literal: true

require 'shellwords'

class Chef
  class Resource
    # A login account.
    class LinuxUser < Resource
      resource_name :linux_user
      provides :user
      property :username, String, name_property: true
      property :comment, String
      property :home, String
      property :shell, String
      property :uid, [String, Integer]
      property :gid, [String, Integer]
      property :password, String, sensitive: true, desired_state: false
      property :system, [true, false], default: false, desired_state: false
      property :manage_home, [true, false], default: false, desired_state: false
      property :non_unique, [true, false], default: false, desired_state: false
      property :no_user_group, [true, false], default: false, desired_state: false
      property :force, [true, false], default: false, desired_state: false
      property :expire_date, [String, nil], desired_state: false
      property :inactive, [String, Integer, nil], desired_state: false
      alias group gid

      default_action :create
      action_class do
        def entry
          Etc.getpwnam(new_resource.username)
        rescue ArgumentError
          nil
        end

        def wanted_gid
          StandIn::Access.gid(new_resource.gid)
        end

        def options
          wanted = { '-c' => new_resource.comment, '-s' => new_resource.shell, '-u' => new_resource.uid,
                     '-g' => new_resource.gid, '-p' => new_resource.password, '-d' => new_resource.home,
                     '-e' => new_resource.expire_date, '-f' => new_resource.inactive }
          words = wanted.compact.flat_map { |option, value| [option, value.to_s] }
          words << '-o' if new_resource.non_unique
          words
        end

        def creation_options
          words = options
          words << '-r' if new_resource.system
          words << (new_resource.manage_home ? '-m' : '-M')
          words << '-N' if new_resource.no_user_group
          words
        end

        def changes
          found = entry
          pairs = { 'comment' => [new_resource.comment, found.gecos], 'home' => [new_resource.home, found.dir],
                    'shell' => [new_resource.shell, found.shell], 'uid' => [new_resource.uid&.to_i, found.uid],
                    'gid' => [wanted_gid, found.gid], 'password' => [new_resource.password, shadow(1)] }.merge(aging)
          different = pairs.reject { |_, (wanted, is)| wanted.nil? || wanted == is }
          different.map do |name, (wanted, is)|
            name == 'password' ? 'change password' : "change #{name} from #{is} to #{wanted}"
          end
        end

        def shadow(field)
          line = ::File.binread('/etc/shadow').lines.find { |l| l.start_with?("#{new_resource.username}:") }
          line && line.chomp.split(':', -1)[field]
        end

        # The day of expiry as shadow counts it.
        def aging
          day = (Time.parse("#{new_resource.expire_date} UTC").to_i / 86_400).to_s if new_resource.expire_date
          { 'expire_date' => [day, shadow(7)], 'inactive' => [new_resource.inactive&.to_s, shadow(6)] }
        end

        def modify
          texts = changes
          return if texts.empty?

          converge_by(["alter user #{new_resource.username}"] + texts) do
            home = new_resource.manage_home && new_resource.home ? ['-m'] : []
            shell_out!('usermod', *options, *home, new_resource.username)
          end
        end

        def lock(flag, text)
          locked = shadow(1).to_s.start_with?('!')
          converge_by("#{text} user #{new_resource.username}") { shell_out!('usermod', flag, new_resource.username) } if
            locked != (flag == '-L')
        end
      end

      action :create do
        if entry.nil?
          converge_by("create user #{new_resource.username}") do
            shell_out!('useradd', *creation_options, new_resource.username)
          end
        else
          modify
        end
      end

      action(:modify) do
        entry ? modify : raise(Exceptions::User, "Cannot modify user #{new_resource.username} - does not exist!")
      end
      action(:manage) { modify if entry }
      action(:lock) { lock('-L', 'lock the') }
      action(:unlock) { lock('-U', 'unlock') }
      action :remove do
        if entry
          converge_by("remove user #{new_resource.username}") do
            shell_out!('userdel', *(new_resource.manage_home ? ['-r'] : []), *(new_resource.force ? ['-f'] : []),
                       new_resource.username)
          end
        end
      end
    end

    # A group and its members.
    class Group < Resource
      resource_name :group
      property :group_name, String, name_property: true
      property :gid, [String, Integer]
      property :members, [String, Array], coerce: ->(v) { v.is_a?(String) ? v.split(',') : v }, default: []
      property :excluded_members, [String, Array], coerce: ->(v) { v.is_a?(String) ? v.split(',') : v }, default: [],
                                                   desired_state: false
      property :append, [true, false], default: false, desired_state: false
      property :system, [true, false], default: false, desired_state: false
      property :non_unique, [true, false], default: false, desired_state: false

      default_action :create
      action_class do
        def entry
          Etc.getgrnam(new_resource.group_name)
        rescue ArgumentError
          nil
        end

        def create
          words = new_resource.gid ? ['-g', new_resource.gid.to_s] : []
          words << '-r' if new_resource.system
          words << '-o' if new_resource.non_unique
          converge_by("create group #{new_resource.group_name}") do
            shell_out!('groupadd', *words, new_resource.group_name)
            new_resource.members.each { |member| shell_out!('gpasswd', '-a', member, new_resource.group_name) }
          end
        end

        def change
          current = entry&.mem || []
          missing = new_resource.members - current
          surplus = current & new_resource.excluded_members
          surplus |= current - new_resource.members if !new_resource.append && new_resource.property_is_set?(:members)
          alter_members(missing, surplus)
          alter_gid
        end

        def alter_members(missing, surplus)
          return if missing.empty? && surplus.empty?

          converge_by(["alter group #{new_resource.group_name}"] + member_texts(missing, surplus)) do
            missing.each { |member| shell_out!('gpasswd', '-a', member, new_resource.group_name) }
            surplus.each { |member| shell_out!('gpasswd', '-d', member, new_resource.group_name) }
          end
        end

        def member_texts(missing, surplus)
          return ["replace group members with new list of members: #{new_resource.members.join(', ')}"] unless
            new_resource.append

          [missing.empty? ? nil : "add missing member(s): #{missing.join(', ')}",
           surplus.empty? ? nil : "remove existing member(s): #{surplus.join(', ')}"].compact
        end

        def alter_gid
          wanted = new_resource.gid&.to_i
          return if wanted.nil? || entry.nil? || entry.gid == wanted

          converge_by("change gid #{entry.gid} to #{wanted}") do
            shell_out!('groupmod', '-g', wanted.to_s, new_resource.group_name)
          end
        end
      end

      action :create do
        entry.nil? ? create : change
      end

      action :modify do
        raise Exceptions::Group, "Cannot modify #{new_resource.group_name} - group does not exist!" if entry.nil?

        change
      end

      action(:manage) { change if entry }
      action :remove do
        converge_by("remove group #{new_resource.group_name}") { shell_out!('groupdel', new_resource.group_name) } if entry
      end
    end
  end
end

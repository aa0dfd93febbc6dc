# frozen_string_literal: true

class Chef
  class Resource
    # An entry of a user's crontab.
    class Cron < Resource
      resource_name :cron
      %i[minute hour day month weekday].each do |field|
        property field, [Integer, String, Symbol], coerce: lambda { |v|
                                                             v.to_s
                                                           }, default: '*'
      end
      property :time, Symbol, equal_to: %i[annually daily hourly midnight monthly reboot weekly yearly]
      property :command, String, required: [:create]
      property :user, String, default: 'root'
      property :mailto, String
      property :path, String
      property :shell, String
      property :home, String
      property :environment, Hash, default: {}

      default_action :create
      action_class do
        def entry
          fields = %i[mailto path shell home].map do |n|
            [n.to_s.upcase, new_resource.public_send(n)]
          end.compact
          variables = fields.map { |name, value| "#{name}=\"#{value}\"\n" } +
                      new_resource.environment.map { |name, value| "#{name}=#{value}\n" }
          "#{marker}\n#{variables.join}#{schedule} #{new_resource.command}\n"
        end

        def marker
          "# Chef Name: #{new_resource.name}"
        end

        def schedule
          return "@#{new_resource.time}" if new_resource.time

          %i[minute hour day month weekday].map { |field| new_resource.public_send(field) }.join(' ')
        end

        def crontab
          @crontab ||= shell_out!('crontab', '-l', '-u', new_resource.user, returns: [0, 1]).stdout.b
        end

        # The marker, the variables after it and one line of schedule.
        def existing
          crontab[/^#{Regexp.escape(marker.b)}\n(?:[A-Za-z_]+=.*\n)*(?:[@\d*].*\n)?/n]
        end

        def write(text)
          shell_out!('crontab', '-u', new_resource.user, '-', input: text)
        end
      end

      action :create do
        if existing.nil?
          converge_by("add crontab entry for #{new_resource}") { write(crontab + entry.b) }
        elsif existing.b != entry.b
          converge_by("update crontab entry for #{new_resource}") { write(crontab.sub(existing) { entry.b }) }
        end
      end

      action :delete do
        converge_by("remove #{new_resource.name} from crontab") { write(crontab.sub(existing, '')) } if existing
      end
    end

    # A file in /etc/sudoers.d, checked by visudo.
    class Sudo < Resource
      resource_name :sudo
      unified_mode true
      property :filename, String, name_property: true, coerce: ->(v) { v.gsub(/[.~]/, '__') }
      property :users, [String, Array], coerce: ->(v) { v.is_a?(Array) ? v : v.split(/\s*,\s*/) }, default: []
      property :groups, [String, Array], default: [], coerce: (lambda do |v|
        (v.is_a?(Array) ? v : v.split(/\s*,\s*/)).map { |g| g.start_with?('%') ? g : "%#{g}" }
      end)
      property :commands, Array, default: ['ALL']
      property :host, String, default: 'ALL'
      property :runas, String, default: 'ALL'
      property :nopasswd, [true, false], default: false
      property :noexec, [true, false], default: false
      property :setenv, [true, false], default: false
      property :defaults, Array, default: []
      alias user users
      alias group groups

      default_action :create
      action_class do
        def path
          "/etc/sudoers.d/#{new_resource.filename}"
        end

        def who
          (new_resource.groups + new_resource.users).join(',')
        end

        def rule(command)
          tags = %i[noexec nopasswd setenv].select { |tag| new_resource.public_send(tag) }
          "#{who} #{new_resource.host}=(#{new_resource.runas}) #{tags.map { |tag| "#{tag.upcase}:" }.join}#{command}\n"
        end

        def text
          rules = new_resource.commands.map { |command| rule(command) }
          rules << "Defaults:#{who} #{new_resource.defaults.join(',')}\n" unless new_resource.defaults.empty?
          "# This file is managed by #{StandIn::NAME}. Changes will be overwritten.\n\n#{rules.join}"
        end
      end

      action :create do
        raise 'You must specify users or groups' if (new_resource.users + new_resource.groups).empty?

        wanted = text
        directory '/etc/sudoers.d/'
        file path do
          content wanted
          mode '0440'
          verify '/usr/sbin/visudo -cf %<path>s'
        end
      end

      action :delete do
        file path do
          action :delete
        end
      end
    end
  end
end

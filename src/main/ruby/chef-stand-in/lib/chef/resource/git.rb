# frozen_string_literal: true

class Chef
  class Resource
    # A clone of a git repository at a revision.
    class Git < Resource
      SHA = /\A[0-9a-f]{40}\z/

      resource_name :git
      property :destination, String, name_property: true
      property :repository, String
      property :revision, String, default: 'HEAD'
      property :remote, String, default: 'origin', desired_state: false
      property :depth, Integer, desired_state: false
      property :checkout_branch, String, desired_state: false
      property :enable_checkout, [true, false], default: true, desired_state: false
      property :enable_submodules, [true, false], default: false, desired_state: false
      property :user, [String, Integer], desired_state: false
      property :group, [String, Integer], desired_state: false
      property :environment, [Hash, nil], desired_state: false
      property :timeout, Integer, desired_state: false
      alias repo repository
      alias reference revision
      alias branch revision
      alias env environment

      default_action :sync
      action_class do
        def git(*words, **options)
          variables = new_resource.environment || {}
          variables = { 'HOME' => Etc.getpwnam(new_resource.user.to_s).dir }.merge(variables) if new_resource.user
          shell_out!('git', *words, user: new_resource.user, group: new_resource.group, environment: variables,
                                    timeout: new_resource.timeout || 600, **options)
        end

        def cwd
          new_resource.destination
        end

        def current_revision
          return nil unless cloned?

          git('rev-parse', 'HEAD', cwd: cwd, returns: [0, 128]).stdout.strip[SHA]
        end

        def cloned?
          ::File.exist?(::File.join(cwd, '.git'))
        end

        # The commit that the revision means in the remote: an annotated tag's own, then a tag's, a branch's, HEAD's.
        def target_revision
          @target_revision ||= new_resource.revision[SHA] || remote_commit || raise(
            Exceptions::UnresolvableGitReference,
            "Unable to parse SHA reference for '#{new_resource.revision}' in repository '#{new_resource.repository}'."
          )
        end

        def remote_commit
          wanted = ['', 'HEAD'].include?(new_resource.revision) ? 'HEAD' : new_resource.revision
          listed = git('ls-remote', new_resource.repository, wanted == 'HEAD' ? 'HEAD' : "#{wanted}*").stdout
          refs = listed.lines.to_h { |line| line.chomp.split("\t").reverse }
          ["refs/tags/#{wanted}^{}", "refs/tags/#{wanted}", "refs/heads/#{wanted}", wanted].each do |name|
            return refs[name] if refs[name]
          end
          nil
        end

        def branch?
          return false if new_resource.revision.match?(SHA)

          name = "#{new_resource.remote}/#{new_resource.revision}"
          !git('branch', '-r', '--list', name, cwd: cwd).stdout.strip.empty?
        end

        def clone
          parent = ::File.dirname(cwd)
          unless ::File.directory?(parent) || why_run?
            raise Exceptions::EnclosingDirectoryDoesNotExist, "Cannot clone #{new_resource} to #{cwd}: no #{parent}"
          end

          words = ['clone', '-o', new_resource.remote]
          words.push('--depth', new_resource.depth.to_s, '--no-single-branch') if new_resource.depth
          converge_by("clone from #{new_resource.repository} into #{cwd}") { git(*words, new_resource.repository, cwd) }
        end

        def checkout
          target_revision
          converge_by("checkout ref #{target_revision} branch #{new_resource.revision}") { switch }
        end

        def switch
          name = new_resource.checkout_branch || (branch? && new_resource.revision)
          return git('checkout', target_revision, cwd: cwd) unless name

          git('checkout', '-B', name, target_revision, cwd: cwd)
        end

        def fetch
          converge_by("fetch updates for #{new_resource.remote}") do
            git('remote', 'set-url', new_resource.remote, new_resource.repository, cwd: cwd)
            git('fetch', '--prune', new_resource.remote, cwd: cwd)
            git('fetch', new_resource.remote, '--tags', cwd: cwd)
            branch? || new_resource.checkout_branch ? switch : git('reset', '--hard', target_revision, cwd: cwd)
          end
        end

        def submodules
          return unless new_resource.enable_submodules

          converge_by("enable git submodules for #{new_resource}") do
            git('submodule', 'sync', cwd: cwd)
            git('submodule', 'update', '--init', '--recursive', cwd: cwd)
          end
        end

        def first_checkout
          return if ::File.exist?(cwd) && !(::Dir.entries(cwd) - %w[. ..]).empty?

          clone
          checkout if new_resource.enable_checkout && !why_run?
          submodules
        end
      end

      action(:checkout) { first_checkout }
      action :sync do
        if !cloned? then first_checkout
        elsif current_revision != target_revision
          fetch
          submodules
        end
      end

      action :export do
        first_checkout
        if cloned?
          converge_by("complete the export by removing #{cwd}/.git after checkout") do
            FileUtils.rm_rf(::File.join(cwd, '.git'))
          end
        end
      end
    end
  end
end

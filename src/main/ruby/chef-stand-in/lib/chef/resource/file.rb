# frozen_string_literal: true

class Chef
  class Resource
    # A file with given content.
    class File < Resource
      resource_name :file
      StandIn::FileContent.properties(self)
      property :content, [String, nil]

      default_action :create
      action_class do
        include StandIn::FileContent

        def wanted_content
          new_resource.content
        end
      end

      action(:create) { create_file }
      action(:create_if_missing) { create_file unless ::File.exist?(new_resource.path) }
      action(:delete) { delete_file }
      action :touch do
        create_file
        converge_by("update utime on file #{new_resource.path}") { FileUtils.touch(new_resource.path) }
      end
    end

    # A file from a cookbook's `files` folder.
    class CookbookFile < Resource
      resource_name :cookbook_file
      StandIn::FileContent.properties(self)
      property :source, [String, Array], default: lazy { ::File.basename(name) }, desired_state: false
      property :cookbook, String, default: lazy { cookbook_name.to_s }, desired_state: false

      default_action :create
      action_class do
        include StandIn::FileContent

        def wanted_content
          path = run_context.cookbooks.fetch(new_resource.cookbook).preferred('files', new_resource.source, node)
          ::File.binread(path)
        end
      end

      action(:create) { create_file }
      action(:create_if_missing) { create_file unless ::File.exist?(new_resource.path) }
      action(:delete) { delete_file }
    end

    # A folder.
    class Directory < Resource
      resource_name :directory
      property :path, String, name_property: true
      property :owner, [String, Integer]
      property :group, [String, Integer]
      property :mode, [String, Integer]
      property :recursive, [true, false], default: false, desired_state: false
      alias user owner

      default_action :create
      action_class { include StandIn::Folder }

      action :create do
        path = new_resource.path
        parent = ::File.dirname(path)
        unless new_resource.recursive || ::File.directory?(parent) || why_run?
          raise Exceptions::EnclosingDirectoryDoesNotExist,
                "Parent directory #{parent} does not exist, cannot create #{path}"
        end
        raise Exceptions::FileTypeMismatch, "#{path} exists, but is a file" if ::File.file?(path)

        create_folder(path)
      end

      action :delete do
        path = new_resource.path
        if ::File.directory?(path)
          converge_by("delete existing directory #{path}") do
            new_resource.recursive ? FileUtils.rm_rf(path, secure: true) : ::Dir.delete(path)
          end
        end
      end
    end

    # A symbolic or hard link.
    class Link < Resource
      resource_name :link
      property :target_file, String, name_property: true
      property :to, String
      property :link_type, [String, Symbol], coerce: ->(v) { v.to_sym }, equal_to: %i[symbolic hard], default: :symbolic
      property :owner, [String, Integer]
      property :group, [String, Integer]
      property :mode, [String, Integer]
      alias user owner

      default_action :create
      action_class do
        def there?
          path = new_resource.target_file
          return ::File.symlink?(path) && ::File.readlink(path) == new_resource.to if new_resource.link_type == :symbolic

          ::File.file?(path) && ::File.identical?(path, new_resource.to)
        end

        def make_link(path)
          symbolic = new_resource.link_type == :symbolic
          converge_by("create #{symbolic ? 'symlink' : 'hard link'} at #{path} to #{new_resource.to}") do
            symbolic ? ::File.symlink(new_resource.to, path) : ::File.link(new_resource.to, path)
          end
        end

        def own
          uid = StandIn::Access.uid(new_resource.owner)
          gid = StandIn::Access.gid(new_resource.group)
          stat = ::File.lstat(new_resource.target_file)
          return if (uid.nil? || stat.uid == uid) && (gid.nil? || stat.gid == gid)

          converge_by("change owner of #{new_resource.target_file}") do
            ::File.lchown(uid, gid, new_resource.target_file)
          end
        end
      end

      action :create do
        path = new_resource.target_file
        unless there?
          if ::File.directory?(path) && !::File.symlink?(path)
            raise Exceptions::FileTypeMismatch, "#{path} exists, but is a directory"
          end

          if ::File.exist?(path) || ::File.symlink?(path)
            converge_by("unlink existing symlink to file at #{path}") { ::File.unlink(path) }
          end
          make_link(path)
        end
        own if new_resource.link_type == :symbolic && !why_run?
      end

      action :delete do
        path = new_resource.target_file
        if ::File.symlink?(path) || (::File.exist?(path) && new_resource.link_type == :hard)
          converge_by("delete link to file at #{path}") { ::File.unlink(path) }
        elsif ::File.exist?(path)
          raise Exceptions::Link, "Cannot delete #{path}: it is no link"
        end
      end
    end
  end
end

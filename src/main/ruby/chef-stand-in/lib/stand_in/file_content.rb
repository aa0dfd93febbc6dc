# frozen_string_literal: true

module StandIn
  # The actions that file, cookbook_file, template and remote_file share; each says what `wanted_content` is.
  module FileContent
    CHECKSUM_SHOWN = 6
    DIFF_LINES_SHOWN = 200

    # Properties of everything that is a file.
    def self.properties(resource_class)
      resource_class.class_eval do
        property :path, String, name_property: true
        property :owner, [String, Integer]
        property :group, [String, Integer]
        property :mode, [String, Integer]
        property :backup, [Integer, false], default: 5, desired_state: false
        property :checksum, String, coerce: ->(value) { value.downcase }
        property :verify, [String, nil], desired_state: false
        property :atomic_update, [true, false], default: true, desired_state: false
        property :force_unlink, [true, false], default: false, desired_state: false
        property :manage_symlink_source, [true, false, nil], desired_state: false
        alias_method :user, :owner
      end
    end

    def target
      @target ||= begin
        path = new_resource.path
        File.symlink?(path) && File.exist?(path) ? File.realpath(path) : path
      end
    end

    def create_file
      check_place
      content = wanted_content
      check_content(content)
      access = Access.new(target, new_resource)
      created = !File.exist?(target)
      converge_by("create new file #{new_resource.path}") { File.open(target, 'w') { nil } } if created
      update_content(content) unless content.nil?
      update_access(access)
    end

    def delete_file
      return unless File.exist?(new_resource.path) || File.symlink?(new_resource.path)

      converge_by("delete file #{new_resource.path}") { File.delete(new_resource.path) }
    end

    def update_access(access)
      changes = access.changes
      converge_by(changes) { access.apply } unless changes.empty?
    end

    private

    def check_place
      folder = File.dirname(new_resource.path)
      unless File.directory?(folder) || why_run?
        raise Chef::Exceptions::EnclosingDirectoryDoesNotExist, "Parent directory #{folder} does not exist."
      end
      return unless File.exist?(new_resource.path) && !File.file?(new_resource.path)

      unless new_resource.force_unlink
        raise Chef::Exceptions::FileTypeMismatch,
              "File #{new_resource.path} exists, but is no file"
      end

      converge_by("unlink #{new_resource.path}") { FileUtils.rm_rf(new_resource.path) }
    end

    def check_content(content)
      return if content.nil? || new_resource.checksum.nil?

      found = Digest::SHA256.hexdigest(content)
      return if found == new_resource.checksum

      raise Chef::Exceptions::ChecksumMismatch,
            "Checksum on resource (#{new_resource.checksum[0, CHECKSUM_SHOWN]}...) does not match checksum on content " \
            "(#{found[0, CHECKSUM_SHOWN]}...)"
    end

    def update_content(content)
      content = content.dup.force_encoding(Encoding::BINARY)
      existing = File.file?(target) ? File.binread(target) : nil
      return if existing == content

      from = existing.nil? || existing.empty? ? 'none' : short(existing)
      title = "update content in file #{new_resource.path} from #{from} to #{short(content)}"
      staged = stage(content)
      verify(staged)
      converge_by([title, *details(existing, staged)]) { replace(staged) }
    ensure
      staged&.close!
    end

    def short(content)
      Digest::SHA256.hexdigest(content)[0, CHECKSUM_SHOWN]
    end

    # In the same folder, so that the rename is atomic.
    def stage(content)
      folder = File.directory?(File.dirname(target)) && !why_run? ? File.dirname(target) : Dir.tmpdir
      file = Tempfile.new(['.chef-', File.extname(target)], folder, binmode: true)
      file.write(content)
      file.flush
      file
    end

    # Chef writes the staged file's path as %{path}.
    def verify(staged)
      return if new_resource.verify.nil?

      result = shell_out(format(new_resource.verify, path: staged.path))
      return unless result.error?

      output = new_resource.sensitive ? '[sensitive]' : StandIn.text(result.stdout + result.stderr)
      raise Chef::Exceptions::ValidationFailed, "Proposed content for #{new_resource.path} failed verification #{output}"
    end

    def details(existing, staged)
      return ['suppressed sensitive resource'] if new_resource.sensitive
      return [['(new content is binary, diff output suppressed)']] if File.binread(staged.path).include?("\0")

      old = existing ? target : File::NULL
      diff = shell_out('diff', '-u', '--label', new_resource.path, '--label', staged.path, old, staged.path)
      lines = StandIn.text(diff.stdout).lines(chomp: true)
      [lines.size > DIFF_LINES_SHOWN ? ["(diff of #{lines.size} lines suppressed)"] : lines]
    end

    # Keeps owner and mode of what is there; a bind mount such as /etc/hosts can't be renamed over.
    def replace(staged)
      backup
      if File.exist?(target)
        stat = File.stat(target)
        File.chown(stat.uid, stat.gid, staged.path)
        File.chmod(stat.mode & 0o7777, staged.path)
      end
      File.rename(staged.path, target)
    rescue Errno::EBUSY
      File.binwrite(target, File.binread(staged.path))
    end

    def backup
      keep = new_resource.backup
      return if keep == false || keep.zero? || !File.file?(target) || File.empty?(target)

      copy = File.join(Chef::Config[:file_backup_path], target)
      FileUtils.mkdir_p(File.dirname(copy))
      FileUtils.cp(target, "#{copy}.chef-#{Time.now.strftime('%Y%m%d%H%M%S.%6N')}", preserve: true)
      (Dir["#{copy}.chef-*"][0...-keep] || []).each { |old| File.delete(old) }
    end
  end
end

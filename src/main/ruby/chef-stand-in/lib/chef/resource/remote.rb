# frozen_string_literal: true

require 'net/http'
require 'uri'

class Chef
  class Resource
    # A file fetched by HTTP, or from this machine with `file://`.
    class RemoteFile < Resource
      resource_name :remote_file
      StandIn::FileContent.properties(self)
      property :source, [String, Array], coerce: ->(v) { Array(v) }, required: true, desired_state: false
      property :headers, Hash, default: {}, desired_state: false
      property :use_etag, [true, false], default: true, desired_state: false
      property :use_last_modified, [true, false], default: true, desired_state: false
      property :use_conditional_get, [true, false], default: true, desired_state: false
      property :show_progress, [true, false], default: false, desired_state: false

      default_action :create
      action_class do
        include StandIn::FileContent

        # With a checksum that fits what is there, nothing is fetched.
        def wanted_content
          wanted = new_resource.checksum
          return nil if wanted && ::File.file?(target) && Digest::SHA256.file(target).hexdigest == wanted

          fetch_first(new_resource.source.dup)
        end

        def fetch_first(sources)
          StandIn::Download.new(sources.shift, new_resource.headers).content
        rescue StandIn::Download::Failed, SystemCallError, SocketError => e
          raise if sources.empty?

          Chef::Log.warn("#{new_resource}: #{e.message}; trying the next source")
          retry
        end
      end

      action(:create) { create_file }
      action(:create_if_missing) { create_file unless ::File.exist?(new_resource.path) }
      action(:delete) { delete_file }
    end

    # One request to a web server.
    class HttpRequest < Resource
      resource_name :http_request
      property :url, String, identity: true
      property :headers, Hash, default: {}

      def message(value = NOT_PASSED, &block)
        @message = block || value unless block.nil? && value.equal?(NOT_PASSED)
        defined?(@message) ? @message : name
      end

      default_action :get
      action_class do
        def request(verb)
          converge_by("#{new_resource} #{verb.upcase} to #{new_resource.url}") { send_request(verb) }
        end

        # Net::HTTPClientException or HTTPFatalError for whatever is no success.
        def send_request(verb)
          return StandIn::Download.new(new_resource.url, new_resource.headers).content if verb == 'get'

          uri = URI.parse(new_resource.url)
          said = new_resource.message unless %w[head delete options].include?(verb)
          said = said.call if said.is_a?(Proc)
          Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https', open_timeout: 30) do |http|
            http.send_request(verb.upcase, uri.request_uri, said, new_resource.headers.transform_values(&:to_s)).value
          end
        end
      end

      %w[get head put post patch delete options].each { |verb| action(verb.to_sym) { request(verb) } }
    end

    # The content of an archive, unpacked once.
    class ArchiveFile < Resource
      resource_name :archive_file
      property :path, String, name_property: true, coerce: ->(v) { ::File.expand_path(v) }
      property :destination, String, required: true
      property :owner, String
      property :group, String
      property :mode, [String, Integer], default: '755'
      property :options, [Array, Symbol], coerce: ->(v) { Array(v) }, default: [:time]
      property :overwrite, [true, false, :auto], default: false
      property :strip_components, Integer, default: 0
      alias extract_options options
      alias extract_to destination

      def after_created
        unknown = options - %i[time owner permissions]
        raise StandIn::Unsupported, "option #{unknown.first.inspect} of archive_file" unless unknown.empty?

        super
      end

      default_action :extract
      action_class do
        def zip?
          ::File.binread(new_resource.path, 2) == 'PK'
        end

        def strip?
          new_resource.strip_components.positive?
        end

        def unzip
          raise StandIn::Unsupported, 'strip_components of a zip' if strip?

          shell_out!('unzip', '-q', '-o', new_resource.path, '-d', new_resource.destination)
        end

        def untar
          choices = { time: [[], ['-m']], owner: [['--same-owner'], ['--no-same-owner']],
                      permissions: [['-p'], ['--no-same-permissions']] }
          words = choices.flat_map { |option, (yes, no)| new_resource.options.include?(option) ? yes : no }
          shell_out!('tar', '-xf', new_resource.path, '-C', new_resource.destination, *words,
                     "--strip-components=#{new_resource.strip_components}")
        end

        def differs?
          return true unless new_resource.overwrite == :auto
          raise StandIn::Unsupported, 'overwrite :auto of a zip or with strip_components' if zip? || strip?

          shell_out('tar', '--diff', '-f', new_resource.path, '-C', new_resource.destination).error?
        end

        def entries
          listed = zip? ? shell_out!('unzip', '-Z1', new_resource.path) : shell_out!('tar', '-tf', new_resource.path)
          names = listed.stdout.lines(chomp: true).map { |name| name.split('/').reject { |part| ['', '.'].include?(part) } }
          names.map { |parts| ::File.join(new_resource.destination, *parts.drop(new_resource.strip_components)) }.uniq
        end

        def own
          owner = "#{new_resource.owner}:#{new_resource.group}"
          converge_by("set owner of files extracted in #{new_resource.destination} to #{owner}") do
            FileUtils.chown(new_resource.owner, new_resource.group, entries)
          end
        end
      end

      action :extract do
        destination = new_resource.destination
        path = new_resource.path
        raise Errno::ENOENT, "No archive found at #{path}! Cannot continue." unless ::File.exist?(path)

        there = ::File.exist?(destination)
        unless there
          converge_by("create directory #{destination}") do
            FileUtils.mkdir_p(destination, mode: StandIn::Access.mode(new_resource.mode.to_s))
          end
        end
        if !there || (new_resource.overwrite && differs?)
          converge_by("extract #{path} to #{destination}") { zip? ? unzip : untar }
        end
        own if new_resource.owner || new_resource.group # every time, as in Chef
      end
    end

    # A folder copied from a cookbook's `files` folder.
    class RemoteDirectory < Resource
      resource_name :remote_directory
      unified_mode true
      property :path, String, name_property: true
      property :source, String, default: lazy { ::File.basename(path) }, desired_state: false
      property :cookbook, String, default: lazy { cookbook_name.to_s }, desired_state: false
      property :owner, [String, Integer]
      property :group, [String, Integer]
      property :mode, [String, Integer]
      property :recursive, [true, false], default: true, desired_state: false
      property :files_owner, [String, Integer], desired_state: false
      property :files_group, [String, Integer], desired_state: false
      property :files_mode, [String, Integer, nil], desired_state: false
      property :files_backup, [Integer, false], default: 5, desired_state: false
      property :overwrite, [true, false], default: true, desired_state: false
      property :purge, [true, false], default: false, desired_state: false

      default_action :create
      action_class do
        include StandIn::Folder

        def base
          @base ||= run_context.cookbooks.fetch(new_resource.cookbook).preferred('files', new_resource.source, node)
        end

        def files
          ::Dir.glob('**/*', ::File::FNM_DOTMATCH, base: base).select { |name| ::File.file?(::File.join(base, name)) }
               .sort_by { |name| [name.count('/'), name] }
        end

        def folder(path)
          wanted = new_resource
          declare_resource(:directory, path) do
            recursive true
            mode wanted.mode
            owner wanted.owner
            group wanted.group
          end
        end

        def copy(name, what)
          wanted = new_resource
          declare_resource(:cookbook_file, ::File.join(wanted.path, name)) do
            cookbook wanted.cookbook
            source ::File.join(wanted.source, name)
            mode wanted.files_mode
            owner wanted.files_owner
            group wanted.files_group
            backup wanted.files_backup
            sensitive wanted.sensitive
            action what
          end
        end

        def purge(keep)
          found = ::Dir.glob('**/*', ::File::FNM_DOTMATCH, base: new_resource.path)
                       .reject { |name| %w[. ..].include?(::File.basename(name)) }
          found.sort.reverse_each do |name|
            next if keep.any? { |file| file == name || file.start_with?("#{name}/") }

            path = ::File.join(new_resource.path, name)
            real_folder = ::File.directory?(path) && !::File.symlink?(path)
            declare_resource(real_folder ? :directory : :file, path) { action :delete }
          end
        end

        # Its own folder is not one more resource: Chef's provider is that of a directory, too.
        def transfer(what)
          create_folder(new_resource.path)
          files.each do |name|
            parent = ::File.dirname(::File.join(new_resource.path, name))
            folder(parent) unless ::File.directory?(parent)
            copy(name, what)
          end
          purge(files) if new_resource.purge
        end
      end

      action(:create) { transfer(new_resource.overwrite ? :create : :create_if_missing) }
      action(:create_if_missing) { transfer(:create_if_missing) }
      action(:delete) { declare_resource(:directory, new_resource.path) { |d| d.recursive(true) && d.action(:delete) } }
    end
  end
end

module StandIn
  # The body of one URL; redirects are followed, anything but success is an error.
  class Download
    class Failed < StandardError; end

    REDIRECTS = 5

    def initialize(url, headers)
      @uri = URI.parse(url)
      @headers = headers
    end

    def content
      case @uri.scheme
      when 'file' then File.binread(@uri.path)
      when 'http', 'https' then get(@uri, REDIRECTS)
      else raise Unsupported, "the source '#{@uri}': only http, https and file are known"
      end
    end

    private

    def get(uri, redirects)
      response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https', open_timeout: 30) do |http|
        http.get(uri.request_uri, @headers.transform_values(&:to_s))
      end
      case response
      when Net::HTTPSuccess then response.body.b
      when Net::HTTPRedirection then redirected(uri, response, redirects)
      else raise Failed, "#{uri} answered #{response.code} #{response.message}"
      end
    end

    def redirected(uri, response, redirects)
      raise Failed, "#{uri}: too many redirects" if redirects.zero?

      get(URI.join(uri, response['location']), redirects - 1)
    end
  end
end

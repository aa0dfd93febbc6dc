# frozen_string_literal: true

module StandIn
  # Builds the node, compiles, converges and reports.
  class ClientRun
    def initialize(out)
      @report = Report.new(out)
      @out = out
    end

    def call
      @report.line("#{NAME}, version #{VERSION} (not Chef)")
      @report.line('Infra Phase starting')
      prepare
      compile
      converge
      finish
    rescue Chef::Exceptions::Reboot
      finish
    rescue Interrupt, Chef::Exceptions::SigTerm
      raise
    rescue StandardError, ScriptError => e
      failed(e.is_a?(CompileFailure) ? e.original : e, explained: e.is_a?(CompileFailure))
    end

    private

    def prepare
      @node = Chef.node = Chef::Node.new(Chef::Config[:node_name] || Socket.gethostname)
      StandIn.texts(SystemFacts.collect).each { |key, value| @node.automatic[key] = value }
      json = read_json
      environment = Chef::Config[:environment]
      environment = json.delete('chef_environment') || environment if environment == '_default'
      @node.chef_environment = environment
      expand(json)
      @node.attributes.merge_into(:normal, { 'tags' => [] }.merge(json))
    end

    def expand(json)
      @node.run_list = Array(json.delete('run_list') || json.delete('recipes'))
      @node.run_list = Array(Chef::Config[:override_runlist]) if Chef::Config[:override_runlist]
      @run_list = RunList.new(@node.run_list, @node.chef_environment)
      @run_list.apply_attributes(@node)
      qualified = @run_list.recipes.map { |name| RunList.qualified(name) }
      @node.automatic['recipes'] = qualified.flat_map { |name| [name.delete_suffix('::default'), name].uniq }
      @node.automatic['expanded_run_list'] = qualified
      @node.automatic['roles'] = @run_list.roles
    end

    def read_json
      path = Chef::Config[:json_attribs]
      return {} if path.nil?

      JSON.parse(File.read(path))
    rescue Errno::ENOENT, JSON::ParserError => e
      raise Chef::Exceptions::ConfigurationError, "#{path}: #{e.message}"
    end

    def compile
      cookbooks = Cookbooks.new(Chef::Config.paths(:cookbook_path))
      shared = RunContext::Shared.new(node: @node, report: @report, cookbooks: cookbooks,
                                      data_bags: DataBags.new(Chef::Config.paths(:data_bag_path)))
      @run_context = Chef.run_context = RunContext.new(shared)
      @report.line("Resolving cookbooks for run list: #{@run_list.recipes.inspect}")
      compiler = Compile.new(@run_context, @run_list)
      @report.line('Synchronizing cookbooks:')
      compiler.cookbooks.each { |cookbook| @report.line("  - #{cookbook.name} (#{cookbook.version})") }
      @report.line('Compiling cookbooks...')
      compiler.call
      save_node
    end

    def converge
      @report.converge_start(@run_context.resource_collection.size)
      Runner.new(@run_context).converge
    ensure
      @report.converge_end
    end

    def finish
      save_node
      @report.line
      @report.line('Running handlers:')
      @report.line('Running handlers complete')
      @report.line(summary('Infra Phase complete, ', "/#{@report.total}"))
      @run_context.reboot && !Chef::Config[:why_run] ? reboot : Main::SUCCESS
    end

    # Chef asks for the reboot only now, ends as if the run had failed, and exits with 35.
    def reboot
      message = Reboot.schedule(@run_context.reboot)
      Chef::Log.warn(message)
      failed(Chef::Exceptions::Reboot.new(message), explained: true)
      Main::REBOOT_SCHEDULED
    end

    def summary(start, total = '')
      counted = "#{start}#{@report.updated_count}#{total} resources"
      Chef::Config[:why_run] ? "#{counted} would have been updated" : "#{counted} updated in #{@report.elapsed}"
    end

    def failed(error, explained:)
      told = explained || @run_context&.resource_collection&.any?
      @report.raw("\n#{error.class}: #{StandIn.text(error.message)}") unless told
      @report.line
      @report.line('Running handlers:')
      Chef::Log.error('Running exception handlers')
      @report.line('Running handlers complete')
      Chef::Log.error('Exception handlers complete')
      @report.line(summary('Infra Phase failed. '))
      write_stacktrace(error)
      Chef::Log.fatal("#{error.class}: #{error.message}")
      error.is_a?(Chef::Exceptions::ConfigurationError) ? Main::CONFIGURATION : Main::FAILURE
    end

    def write_stacktrace(error)
      path = File.join(Chef::Config[:file_cache_path], 'chef-stacktrace.out')
      File.open(path, 'w', 0o600) do |file|
        file.puts("Generated at #{Time.now}", "#{error.class}: #{error.message}", *error.backtrace)
      end
      Chef::Log.fatal("Stacktrace dumped to #{path}")
    end

    def save_node
      return if Chef::Config[:why_run]

      base = Chef::Config[:chef_repo_path] || File.dirname(Chef::Config.paths(:cookbook_path).first || Dir.pwd)
      folder = Chef::Config[:node_path] || File.join(base, 'nodes')
      FileUtils.mkdir_p(folder)
      File.write(File.join(folder, "#{@node.name}.json"), JSON.pretty_generate(StandIn.texts(@node.for_json)), perm: 0o600)
    end
  end
end

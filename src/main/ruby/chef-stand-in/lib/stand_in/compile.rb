# frozen_string_literal: true

module StandIn
  # A failure while cookbooks are loaded, already explained on the output.
  class CompileFailure < StandardError
    attr_reader :original

    def initialize(original)
      @original = original
      super(original.message)
    end
  end

  # Loads the cookbooks of a run list in Chef's order: libraries, attributes, resources, recipes.
  class Compile
    # Explains an error with the file it came from, once.
    def self.guarded(title, path, report)
      yield
    rescue CompileFailure, Chef::Exceptions::Reboot
      raise
    rescue StandardError, ScriptError => e
      report.raw("\n#{FailureReport.for_compile(title, e)}")
      _ = path
      raise CompileFailure, e
    end

    def initialize(run_context, run_list)
      @run_context = run_context
      @run_list = run_list
      @loaded = []
    end

    def call
      %i[load_libraries load_attributes load_resources].each do |step|
        cookbooks.each { |cookbook| send(step, cookbook) }
      end
      @run_list.recipes.each { |recipe| @run_context.include_recipe(recipe) }
      check
    end

    def cookbooks
      @cookbooks ||= @run_context.cookbooks.needed_by(@run_list.cookbooks)
    end

    private

    def load_libraries(cookbook)
      cookbook.ruby_files('libraries').each do |path|
        guarded(path) { Kernel.load(path) }
      end
    end

    def load_attributes(cookbook)
      names = cookbook.ruby_files('attributes').map { |path| File.basename(path, '.rb') }
      names.each { |name| @run_context.include_attribute("#{cookbook.name}::#{name}") }
    end

    def load_resources(cookbook)
      # Partials are read by the resources that use them.
      cookbook.ruby_files('resources').reject { |path| File.basename(path).start_with?('_') }.each do |path|
        guarded(path) { load_resource(cookbook, path) }
      end
      refuse(cookbook, 'definitions', 'providers')
    end

    # Named after cookbook and file, unless the file itself says how it is called.
    def load_resource(cookbook, path)
      base = File.basename(path, '.rb')
      default_name = base == 'default' ? cookbook.name : "#{cookbook.name}_#{base}"
      resource_class = Class.new(Chef::Resource)
      resource_class.define_singleton_method(:inspect) { "Custom resource #{default_name} from cookbook #{cookbook.name}" }
      resource_class.define_singleton_method(:to_s) { inspect }
      resource_class.from_file(path)
      resource_class.resource_name(default_name.tr('-', '_')) if resource_class.resource_name.nil?
      resource_class.share_methods
      @loaded << [path, resource_class]
    end

    def refuse(cookbook, *folders)
      folder = folders.find { |name| File.directory?(File.join(cookbook.folder, name)) }
      raise Unsupported, "cookbook #{cookbook.name} has a folder '#{folder}': use resources" if folder
    end

    # Everything that can be known to fail, before anything is changed.
    def check
      self.class.guarded('Resolving notifications', nil, @run_context.report) { @run_context.notifications.resolve_all }
      problems = StaticCheck.new(@loaded, @run_context).problems
      return if problems.empty?

      error = Unsupported.new("#{problems.size} place(s) say what the stand-in does not know:\n#{problems.join("\n")}")
      @run_context.report.raw("\n#{FailureReport.for_compile('Refused before anything was converged', error)}")
      raise CompileFailure, error
    end

    def guarded(path, &block)
      self.class.guarded("Recipe Compile Error in #{path}", path, @run_context.report, &block)
    end
  end
end

# frozen_string_literal: true

class Chef
  class Resource
    # A file rendered from a cookbook's `templates` folder.
    class Template < Resource
      resource_name :template
      StandIn::FileContent.properties(self)
      property :source, [String, Array], default: lazy { "#{::File.basename(name)}.erb" }, desired_state: false
      property :cookbook, String, default: lazy { cookbook_name.to_s }, desired_state: false
      property :local, [true, false], default: false, desired_state: false
      property :variables, Hash, default: {}, desired_state: false

      # `helpers(Module)`, or a block of methods for the template.
      def helpers(*modules, &block)
        @helper_modules = helper_modules + modules
        @helper_modules << Module.new(&block) if block
        @helper_modules
      end

      def helper(name, &block)
        helpers { define_method(name, &block) }
      end

      def source_path
        local ? source : run_context.cookbooks.fetch(cookbook).preferred('templates', source, node)
      end

      def helper_modules
        @helper_modules ||= []
      end

      default_action :create
      action_class do
        include StandIn::FileContent

        def wanted_content
          StandIn::TemplateContext.new(new_resource, node, run_context).render(new_resource.source_path)
        end
      end

      action(:create) { create_file }
      action(:create_if_missing) { create_file unless ::File.exist?(new_resource.path) }
      action(:delete) { delete_file }
    end
  end
end

module StandIn
  # What a template is evaluated in: its variables, `node`, helpers and `render` for partials.
  class TemplateContext
    include Chef::DSL::Platform
    attr_reader :node

    def initialize(resource, node, run_context)
      @template_resource = resource
      @node = node
      @run_context = run_context
      resource.helper_modules.each { |helpers| extend(helpers) }
      assign(resource.variables)
    end

    def render(source, options = {})
      return evaluate(source) if source.start_with?('/')

      cookbook = options.fetch(:cookbook, @template_resource.cookbook)
      path = @run_context.cookbooks.fetch(cookbook).preferred('templates', source, node)
      TemplateContext.new(@template_resource, node, @run_context).tap { |c| c.assign(options.fetch(:variables, {})) }
                     .evaluate(path)
    end

    def assign(variables)
      variables.each { |name, value| instance_variable_set(:"@#{name}", value) }
    end

    def cookbook_name
      @template_resource.cookbook_name
    end

    def recipe_name
      @template_resource.recipe_name
    end

    def evaluate(path)
      erb = ERB.new(File.read(path), trim_mode: '-')
      erb.filename = path
      erb.result(binding)
    end
  end
end

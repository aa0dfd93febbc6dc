# frozen_string_literal: true

class Chef
  # What a recipe is evaluated in.
  class Recipe
    include DSL::Universal
    include DSL::Resources
    include DSL::DeclareResource
    include DSL::Recipe

    attr_reader :cookbook_name, :recipe_name, :run_context

    def initialize(cookbook_name, recipe_name, run_context)
      @cookbook_name = cookbook_name
      @recipe_name = recipe_name
      @run_context = run_context
    end

    # The evaluated text sees this method's variables: the odd name keeps out of its way.
    def from_file(evaluated_file__)
      instance_eval(File.read(evaluated_file__), evaluated_file__, 1)
    end

    def include_recipe(*names)
      names.flatten.each { |name| run_context.include_recipe(name, current_cookbook: cookbook_name) }
    end

    def resource_collection
      run_context.resource_collection
    end

    def tag(*tags)
      node.tag(*tags)
    end

    def untag(*tags)
      node.untag(*tags)
    end

    def to_s
      "cookbook: #{cookbook_name}, recipe: #{recipe_name}"
    end
    alias inspect to_s

    def method_missing(name, *_args)
      raise NoMethodError, "No resource or method named `#{name}' for `Chef::Recipe \"#{recipe_name}\"'", caller(1)
    end

    def respond_to_missing?(_name, _include_private = false)
      false
    end
  end

  # Helpers for actions and libraries.
  module Util
    # Debian's kernel has no SELinux unless its tools are installed and say so.
    module Selinux
      def selinux_enabled?
        tool = which('selinuxenabled')
        tool ? !shell_out(tool).error? : false
      end
    end

    # Paths as Chef writes them.
    module PathHelper
      def self.cleanpath(path)
        File.expand_path(path.to_s)
      end

      def self.join(*parts)
        File.join(*parts)
      end
    end
  end

  # What an attributes file is evaluated in: the node itself answers, so that `default['a'] = 1` works.
  class AttributeFile
    include DSL::Universal

    %i[default override normal automatic force_default force_override default_unless override_unless
       normal_unless].each do |level|
      define_method(level) { node.public_send(level) }
    end
    alias set normal

    attr_reader :node, :run_context

    def initialize(node, run_context)
      @node = node
      @run_context = run_context
    end

    # The evaluated text sees this method's variables: the odd name keeps out of its way.
    def from_file(evaluated_file__)
      instance_eval(File.read(evaluated_file__), evaluated_file__, 1)
    end

    def [](key)
      node[key]
    end

    def include_attribute(*names)
      names.flatten.each { |name| @run_context.include_attribute(name) }
    end

    def method_missing(name, *_args)
      raise NoMethodError, "No attribute method named `#{name}'", caller(1)
    end

    def respond_to_missing?(_name, _include_private = false)
      false
    end
  end
end

# frozen_string_literal: true

module StandIn
  # Looks, before anything is changed, for words that nothing defines in code that only runs while
  # converging: actions, guards, lazy values, helpers. What can't be known from the text is let pass.
  class StaticCheck
    def initialize(resources, run_context)
      @resources = resources
      @run_context = run_context
    end

    # One line for each: file, line and word.
    def problems
      resources + recipes + templates
    end

    private

    # The files of the resources that recipes declare, and of those that they name in turn.
    def resources
      files = @resources.to_h { |path, resource_class| [resource_class, path] }
      reached = @run_context.resource_collection.map(&:class).uniq & files.keys
      problems = []
      reached.each do |resource_class|
        file = file_of(resource_class, files[resource_class])
        problems.concat(file.problems)
        reached.concat((file.named & files.keys) - reached)
      end
      problems
    end

    def file_of(resource_class, path)
      scope = Scope.new(resource_class.action_class, resource_class)
      in_instance = Scope.new(resource_class, resource_class, also: resource_class.singleton_class)
      ResourceFile.new(path, scope, in_instance)
    end

    # Recipes have been evaluated; left are their blocks that run later.
    def recipes
      @run_context.recipe_files.flat_map do |path|
        walk = WordWalk.new(path)
        walk.later(Syntax.parse(path), Scope.new(Chef::Recipe, nil))
        walk.problems
      end
    end

    # Those that recipes declare; others may never be used.
    def templates
      declared = @run_context.resource_collection.grep(Chef::Resource::Template)
      declared.filter_map { |template| source_of(template) }.uniq.filter_map do |path|
        text = File.read(path)
        next "#{path}: this template is not UTF-8" unless text.valid_encoding?

        "#{path}: a syntax error in the Ruby of this template" unless Ripper.sexp(ERB.new(text, trim_mode: '-').src)
      end
    end

    # None where a lazy value or a missing file says it later.
    def source_of(template)
      properties = template.class.properties.values_at(:source, :cookbook, :local)
      return if properties.any? { |property| property.lazy?(template) }

      template.source_path
    rescue Chef::Exceptions::FileNotFound, Chef::Exceptions::CookbookNotFound
      nil
    end
  end

  # Ruby's own parser, as nested arrays.
  module Syntax
    def self.parse(path)
      Ripper.sexp(File.read(path)) || raise(SyntaxError, "#{path}: syntax error")
    end

    def self.node?(value)
      value.is_a?(Array) && value.first.is_a?(Symbol)
    end

    # The identifier and the arguments of a call without receiver, or nil.
    def self.bare_call(node)
      case node.first
      when :vcall, :fcall then [node[1], []]
      when :command then [node[1], node[2]]
      when :method_add_arg then node[1].first == :fcall ? [node[1][1], node[2]] : nil
      end
    end

    # The first argument, if it is a symbol as it stands.
    def self.first_symbol(arguments)
      literal = first_node(arguments, :symbol_literal)
      word = literal && first_node(literal, :@ident)
      word && word[1].to_sym
    end

    def self.first_node(tree, kind)
      return nil unless tree.is_a?(Array)
      return tree if tree.first == kind

      tree.each do |child|
        found = first_node(child, kind)
        return found if found
      end
      nil
    end
  end

  # What words mean in one place: the class whose instance is `self` there.
  class Scope
    attr_reader :resource_class

    def initialize(self_class, resource_class, also: nil, outer: nil)
      @self_class = self_class
      @resource_class = resource_class
      @also = also
      @outer = outer
    end

    def knows?(word)
      [@self_class, @also].compact.any? { |type| type.method_defined?(word) || type.private_method_defined?(word) } ||
        (@outer&.knows?(word) || false)
    end

    # Inside a resource's block its properties are words; in an action also the action's own.
    def inside(declared_class)
      Scope.new(declared_class, resource_class, outer: in_action? ? self : nil)
    end

    def in_action?
      @self_class <= Chef::Provider
    end
  end

  # A file of a cookbook's `resources` folder.
  class ResourceFile
    def initialize(path, action_scope, instance_scope)
      @path = path
      @walk = WordWalk.new(path)
      @action_scope = action_scope
      @instance_scope = instance_scope
    end

    def named
      @walk.named
    end

    def problems
      Syntax.parse(@path)[1].each { |statement| statement(statement) }
      @walk.problems
    end

    private

    # The class body itself has run; what is in its blocks has not.
    def statement(node)
      return unless Syntax.node?(node)
      return @walk.now(node, @instance_scope) if node.first == :def

      word, = node.first == :method_add_block ? Syntax.bare_call(node[1]) : nil
      case word && word[1]
      when 'action' then @walk.now(node[2], @action_scope)
      when 'action_class' then definitions(node[2])
      when 'load_current_value' then @walk.now(node[2], @instance_scope)
      else @walk.later(node, @instance_scope)
      end
    end

    def definitions(node)
      return unless node.is_a?(Array)
      return @walk.now(node, @action_scope) if %i[def defs].include?(node.first)

      node.each { |child| definitions(child) }
    end
  end
end

# frozen_string_literal: true

module StandIn
  # Walks the syntax tree of one file and notes the words, constants and properties that nothing defines.
  class WordWalk
    # Their blocks have another `self` than the text around them: nothing can be said about them.
    OPAQUE = %w[instance_eval instance_exec class_eval class_exec module_eval define_method
                define_singleton_method helpers helper with_run_context].freeze
    # Their blocks run while converging.
    DEFERRED = %w[lazy not_if only_if block proc lambda].freeze
    DECLARING = %w[declare_resource build_resource find_resource edit_resource edit_resource!].freeze

    VISITS = {
      method_add_block: :with_block, method_add_arg: :with_arguments, lambda: :deferred, vcall: :bare, fcall: :bare,
      command: :bare, call: :received, command_call: :received, const_path_ref: :constant_path, class: :pass,
      module: :pass, sclass: :pass
    }.freeze

    # What nothing defines, and the classes of the resources that are named.
    attr_reader :problems, :named

    def initialize(path)
      @path = path
      @problems = []
      @named = []
    end

    # Everything in the node is looked at.
    def now(node, scope)
      walk(node, scope, true)
    end

    # Only what runs later: the rest has been evaluated already.
    def later(node, scope)
      walk(node, scope, false)
    end

    private

    def walk(node, scope, active)
      return unless node.is_a?(Array)
      return node.each { |child| walk(child, scope, active) } unless node.first.is_a?(Symbol)

      visit = VISITS[node.first]
      visit ? send(visit, node, scope, active) : children(node, scope, active)
    end

    # Classes and modules inside have another `self`.
    def pass(_node, _scope, _active) end

    def deferred(node, scope, _active)
      children(node, scope, true)
    end

    def constant_path(node, _scope, active)
      constant(node) if active
    end

    # `word(arguments)`; a bare word or a call on something is looked at on the way down.
    def with_arguments(node, scope, active)
      word, arguments = Syntax.bare_call(node)
      declared_type(word, arguments) if word && active
      children(node, scope, active)
    end

    def children(node, scope, active)
      node.drop(1).each { |child| walk(child, scope, active) }
    end

    def with_block(node, scope, active)
      walk(node[1], scope, active)
      word, arguments = Syntax.bare_call(node[1])
      return if opaque?(node[1], word)
      return walk(node[2], scope, active) if word.nil?
      return if other?(DECLARING.include?(word[1]) ? Syntax.first_symbol(arguments) : word[1])

      declared = declared_class(word[1], arguments)
      walk(node[2], declared ? scope.inside(declared) : scope, active || DEFERRED.include?(word[1]))
    end

    # `x.instance_eval { }`, `Class.new { }` and the like.
    def opaque?(call, word)
      return OPAQUE.include?(word[1]) if word

      call = call[1] if call.first == :method_add_arg
      return false unless %i[call command_call].include?(call.first)

      name = call[3].is_a?(Array) ? call[3][1] : nil
      OPAQUE.include?(name) || (name == 'new' && call[1].first == :var_ref && call[1][1].first == :@const)
    end

    def declared_class(word, arguments)
      word = Syntax.first_symbol(arguments) if DECLARING.include?(word)
      word && ResourceRegistry.find(word)
    end

    def bare(node, scope, active)
      word = node[1]
      found = ResourceRegistry.find(word[1])
      @named << found if found
      if active && %i[@ident @const].include?(word.first) && !scope.knows?(word[1].to_sym)
        problem(word, "`#{word[1]}' is no resource, property or word that is known here")
      end
      declared_type(word, node[2]) if active && node.first == :command
      children(node.drop(1), scope, active)
    end

    # Called for `declare_resource(:x)` and its like, with or without parentheses.
    def declared_type(word, arguments)
      return unless DECLARING.include?(word[1])

      type = Syntax.first_symbol(arguments)
      @named << ResourceRegistry.find(type) if type
      problem(word, "there is no resource `#{type}'") if type && ResourceRegistry.find(type).nil? && !other?(type)
    end

    # Refused when it is declared: a branch for another system may never be reached.
    def other?(word)
      word && OtherResources::NAMES.include?(word.to_sym) && ResourceRegistry.find(word).nil?
    end

    def received(node, scope, active)
      receiver = node[1]
      name = node[3]
      if active && name.is_a?(Array) && name.first == :@ident
        property(receiver, name, scope)
        of_constant(receiver, name)
      end
      walk(receiver, scope, active)
      node.drop(4).each { |child| walk(child, scope, active) }
    end

    # `new_resource.x` and `current_resource.x` must be properties or methods of the resource.
    def property(receiver, name, scope)
      return unless receiver.first == :vcall && %w[new_resource current_resource].include?(receiver[1][1])
      return if scope.resource_class.nil? || scope.resource_class.method_defined?(name[1])

      problem(name, "#{receiver[1][1]} has no property `#{name[1]}'")
    end

    def of_constant(receiver, name)
      return unless receiver.first == :const_path_ref

      found = constant(receiver)
      return if found.nil? || found.respond_to?(name[1])

      problem(name, "#{found} has no `#{name[1]}' here")
    end

    # Only what starts with Chef or Mixlib is looked up: the rest is the cookbook's own or Ruby's.
    def constant(node)
      names = constant_names(node)
      return nil unless %w[Chef Mixlib].include?(names&.first)

      names.reduce(Object) { |parent, name| parent.const_get(name, false) }
    rescue NameError
      problem(node[2], "the constant #{names.join('::')} is not known here")
      nil
    end

    def constant_names(node)
      case node.first
      when :const_path_ref then constant_names(node[1])&.push(node[2][1])
      when :var_ref, :top_const_ref then node[1].first == :@const ? [node[1][1]] : nil
      end
    end

    def problem(word, text)
      line = "#{@path}:#{word[2].first}: #{text}"
      @problems << line unless @problems.include?(line)
    end
  end
end

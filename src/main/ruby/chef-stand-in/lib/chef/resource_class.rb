# frozen_string_literal: true

class Chef
  # The base of every resource, built in or from a cookbook's `resources` folder.
  class Resource
    # What the class body of a resource may say.
    module ClassLanguage
      include DSL::Universal

      NO_VALUE = Object.new.freeze
      private_constant :NO_VALUE

      def property(name, type = NOT_PASSED, **options)
        name = name.to_sym
        refuse_to_overwrite(name)
        own_properties[name] = defined = Property.new(name, type, options)
        define_method(name) { |value = NOT_PASSED| defined.call(self, value) }
        define_method(:"#{name}=") { |value| defined.set(self, value) }
        defined
      end

      def deprecated_property_alias(from, to, message)
        define_method(from) do |value = NOT_PASSED|
          Chef::Log.warn(message)
          value.equal?(NOT_PASSED) ? public_send(to) : public_send(to, value)
        end
        define_method(:"#{from}=") { |value| public_send(from, value) }
      end

      # The text of a partial, `_name.rb`, as if it stood here; its folder is relative to the file that uses it.
      def use(partial)
        raise StandIn::Unsupported, "the resource partial '#{partial}'" if partial.start_with?('core::')

        base = ::File.basename(partial, '.rb').delete_prefix('_')
        folder = ::File.expand_path(::File.dirname(partial), ::File.dirname(caller_locations(1, 1).first.path))
        from_file(::File.join(folder, "_#{base}.rb"))
      end

      def property_type(type = NOT_PASSED, **options)
        Property.new(:property_type, type, options)
      end

      def own_properties
        @own_properties ||= {}
      end

      def properties
        superclass.respond_to?(:properties) ? superclass.properties.merge(own_properties) : own_properties
      end

      def state_properties
        properties.each_value.select(&:desired_state?)
      end

      def action(name, description: nil, &block)
        _ = description
        name = name.to_sym
        own_actions << name
        @first_action ||= [name] # the first action that a class declares is its default
        # The block becomes a method, so that `return` and `super` work in it as in Chef.
        action_class.define_method(:"compile_action_#{name}", &block)
        action_class.define_method(:"action_#{name}") { compile_and_converge { send(:"compile_action_#{name}") } }
      end

      def own_actions
        @own_actions ||= []
      end

      def actions
        inherited = superclass.respond_to?(:actions) ? superclass.actions : [:nothing]
        (inherited + own_actions).uniq
      end

      def allowed_actions(*names)
        own_actions.concat(names.flatten.map(&:to_sym))
        actions
      end

      def default_action(name = nil)
        @default_action = Array(name).map(&:to_sym) unless name.nil?
        inherited = superclass.respond_to?(:default_action) ? superclass.default_action : [:nothing]
        @default_action || @first_action || inherited
      end

      def action_class(&block)
        @action_class ||= Class.new(superclass.respond_to?(:action_class) ? superclass.action_class : Provider)
        @action_class.class_eval(&block) if block
        @action_class
      end

      # The methods that a custom resource defines or includes, but not its properties, are words in its actions.
      def share_methods
        accessors = properties.keys.flat_map { |name| [name, :"#{name}="] }
        (instance_methods - Resource.instance_methods - accessors - action_class.instance_methods).each do |name|
          action_class.define_method(name) { |*args, **named, &code| new_resource.public_send(name, *args, **named, &code) }
        end
      end

      def load_current_value(&block)
        @load_current_value = block if block
        @load_current_value || (superclass.load_current_value if superclass.respond_to?(:load_current_value))
      end

      def unified_mode(value = NO_VALUE)
        @unified_mode = value unless value.equal?(NO_VALUE)
        return @unified_mode if defined?(@unified_mode)

        superclass.respond_to?(:unified_mode) ? superclass.unified_mode : false
      end

      # On the platforms that it names only.
      def provides(name, **filters, &block)
        @resource_name ||= name.to_sym
        StandIn::ResourceRegistry.register(name, self) if meant_for?(Chef.node, filters, block)
      end

      def resource_name(name = nil)
        unless name.nil?
          @resource_name = name.to_sym
          StandIn::ResourceRegistry.register(@resource_name, self)
        end
        @resource_name
      end

      def description(text = nil)
        @description = text unless text.nil?
        @description
      end

      def introduced(version = nil)
        @introduced = version unless version.nil?
        @introduced
      end

      def examples(text = nil)
        @examples = text unless text.nil?
        @examples
      end

      def run_context
        Chef.run_context
      end

      # The evaluated text sees this method's variables: the odd name keeps out of its way.
      def from_file(evaluated_file__)
        class_eval(::File.read(evaluated_file__), evaluated_file__, 1)
      end

      private

      def meant_for?(node, filters, block)
        return true if node.nil?

        by_name = filters.slice(:os, :platform, :platform_family).all? { |key, names| named?(Array(names), node[key]) }
        version = filters[:platform_version]
        by_name && (version.nil? || platform_version =~ version) && (block.nil? || block.call(node))
      end

      def named?(names, name)
        refused, wanted = names.map(&:to_s).partition { |one| one.start_with?('!') }
        !refused.include?("!#{name}") && (wanted.empty? || !(wanted & ['all', name]).empty?)
      end

      def refuse_to_overwrite(name)
        return unless method_defined?(name) && !Resource.properties.key?(name)
        return unless [Object, Kernel, BasicObject, Resource].include?(instance_method(name).owner)

        raise ArgumentError, "Property `#{name}` of resource `#{resource_name}` overwrites an existing method"
      end
    end
  end
end

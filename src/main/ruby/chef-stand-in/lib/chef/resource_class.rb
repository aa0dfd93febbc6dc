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
      alias allowed_actions actions

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

      def load_current_value(&block)
        @load_current_value = block if block
        @load_current_value || (superclass.load_current_value if superclass.respond_to?(:load_current_value))
      end

      def unified_mode(value = NO_VALUE)
        @unified_mode = value unless value.equal?(NO_VALUE)
        return @unified_mode if defined?(@unified_mode)

        superclass.respond_to?(:unified_mode) ? superclass.unified_mode : false
      end

      def provides(name, **_options)
        @resource_name ||= name.to_sym
        StandIn::ResourceRegistry.register(name, self)
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

      def refuse_to_overwrite(name)
        return unless method_defined?(name) && !Resource.properties.key?(name)
        return unless [Object, Kernel, BasicObject, Resource].include?(instance_method(name).owner)

        raise ArgumentError, "Property `#{name}` of resource `#{resource_name}` overwrites an existing method"
      end
    end
  end
end

# frozen_string_literal: true

class Chef
  # The base of every resource, built in or from a cookbook's `resources` folder.
  class Resource
    extend ClassLanguage
    include DSL::Universal
    include DSL::DeclareResource

    attr_accessor :declared_type, :source_line, :cookbook_name, :recipe_name, :enclosing_provider, :run_context
    attr_reader :given_name

    def initialize(name = '', run_context = nil)
      @run_context = run_context
      @name = name.is_a?(Array) ? name.join(', ') : name.to_s
      @given_name = name.is_a?(Array) ? name : name.to_s
      @guards = []
      @updated = false
    end

    property :name, String, name_property: true, desired_state: false
    property :sensitive, [true, false], default: false, desired_state: false
    property :retries, Integer, default: 0, desired_state: false
    property :retry_delay, Integer, default: 2, desired_state: false
    property :ignore_failure, [true, false, :quiet, 'quiet'], default: false, desired_state: false
    property :umask, [String, Integer, nil], desired_state: false
    property :compile_time, [true, false], default: false, desired_state: false

    # The guards, in the order in which Chef asks them: only_if first.
    def guards
      @guards.partition { |guard| guard.kind == :only_if }.flatten
    end

    def not_if(command = nil, **options, &block)
      @guards << Conditional.new(:not_if, self, command, options, block)
    end

    def only_if(command = nil, **options, &block)
      @guards << Conditional.new(:only_if, self, command, options, block)
    end

    # What a command of a guard inherits from its resource; execute adds its own.
    def guard_options
      {}
    end

    def action(names = nil)
      unless names.nil?
        @action = Array(names).map(&:to_sym)
        @action.each do |name|
          next if self.class.actions.include?(name)

          raise Exceptions::ValidationFailed,
                "Option action must be equal to one of: #{self.class.actions.join(', ')}! You passed #{name.inspect}."
        end
      end
      @action || self.class.default_action
    end
    alias action= action

    # At the end of the run, whether or not anything notifies it.
    def delayed_action(names)
      Array(names).each do |name|
        run_context.delay(StandIn::Notifications::Notification.new(self, name.to_sym, self, :delayed))
      end
    end

    def notifies(action, target, timing = :delayed)
      run_context.notifications.add(self, action, target, timing, subscribed: false)
    end

    def subscribes(action, source, timing = :delayed)
      run_context.notifications.add(source, action, self, timing, subscribed: true)
    end

    def updated_by_last_action(value = NOT_PASSED)
      @updated = value unless value.equal?(NOT_PASSED)
      @updated
    end
    alias updated_by_last_action? updated_by_last_action
    alias updated? updated_by_last_action

    def property_is_set?(name)
      property = self.class.properties.fetch(name.to_sym) { raise ArgumentError, "no property #{name}" }
      property.set?(self)
    end

    def reset_property(name)
      self.class.properties.fetch(name.to_sym).reset(self)
    end

    def copy_properties_from(other, *names, exclude: [])
      names = other.class.properties.keys if names.empty?
      (names - exclude - [:name]).each do |name|
        public_send(name, other.public_send(name)) if other.property_is_set?(name)
      end
      self
    end

    # Overridden by built-in resources with something to check or prepare once it is declared.
    def after_created
      run_declared_at_compile_time if compile_time
    end

    def suppress_up_to_date_messages?
      false
    end

    # Notifications find a resource under the name it was declared with only.
    def answers_to?(type)
      declared_type == type.to_sym
    end

    def identity
      name
    end

    def resource_name
      self.class.resource_name || declared_type
    end

    def to_s
      "#{resource_name}[#{name}]"
    end

    def inspect
      "<#{self}>"
    end

    def run_action(action, notification = nil, notifier = nil)
      StandIn::ActionRun.new(self, action.to_sym, notification, notifier).call
    end

    def load_current
      loader = self.class.load_current_value
      return nil if loader.nil?

      current = self.class.new(@given_name, run_context)
      identity_properties.each { |name| current.public_send(name, public_send(name)) if property_is_set?(name) }
      current.declared_type = declared_type
      catch(:no_current_value) do
        loader.arity == 1 ? current.instance_exec(self, &loader) : current.instance_eval(&loader)
        return current
      end
      nil
    end

    def current_value_does_not_exist!
      throw :no_current_value
    end

    def respond_to_missing?(name, include_private = false)
      enclosing?(name) || super
    end

    # A resource declared in an action may use that action's helpers and `new_resource`.
    def method_missing(name, *args, **options, &block)
      raise NoMethodError, "undefined method `#{name}' for #{self.class}", caller(1) unless enclosing?(name)

      enclosing_provider.send(name, *args, **options, &block)
    end

    def to_text
      lines = ["# Declared in #{source_line}", '', "#{declared_type}(#{name.inspect}) do", "  action #{action.inspect}"]
      self.class.properties.each_value do |property|
        next if property.name == :name || !property.set?(self)

        lines << "  #{property.name} #{property_text(property)}"
      end
      lines << "  cookbook_name #{cookbook_name.inspect}" << "  recipe_name #{recipe_name.inspect}"
      (lines + guards.map { |guard| "  #{guard.to_text}" } + ['end']).join("\n")
    end

    private

    def enclosing?(name)
      !enclosing_provider.nil? && enclosing_provider.respond_to?(name, true)
    end

    def identity_properties
      self.class.properties.each_value.select { |p| p.name_property? || p.options[:identity] }.map(&:name) - [:name]
    end

    def run_declared_at_compile_time
      action.each { |name| run_action(name) }
      @action = [:nothing]
    end

    def property_text(property)
      return '"*sensitive value suppressed*"' if property.sensitive? || sensitive

      value = instance_variable_get(:"@#{property.name}")
      value.is_a?(DelayedEvaluator) ? 'lazy { ... }' : value.inspect
    end
  end
end

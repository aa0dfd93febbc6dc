# frozen_string_literal: true

class Chef
  NOT_PASSED = Object.new.tap { |marker| marker.define_singleton_method(:inspect) { 'NOT_PASSED' } }.freeze

  # A block to be called when the property is read: `lazy { ... }`.
  class DelayedEvaluator < Proc; end

  # One typed property of a resource.
  class Property
    VALIDATIONS = %i[is kind_of equal_to regex respond_to cannot_be callbacks].freeze
    OPTIONS = (VALIDATIONS + %i[
      name default name_property name_attribute coerce required sensitive description introduced deprecated
      default_description desired_state identity nillable skip_docs instance_variable_name validation_message
    ]).freeze

    attr_reader :name, :options

    def initialize(name, type, options)
      unknown = options.keys - OPTIONS
      raise StandIn::Unsupported, "property option '#{unknown.first}' of '#{name}'" unless unknown.empty?

      @name = name
      @options = options
      @types = type
      @variable = :"@#{name}"
      return unless name_property? && options.key?(:default)

      raise ArgumentError, "property #{name} can't have both name_property and default"
    end

    def name_property?
      options[:name_property] || options[:name_attribute]
    end

    def desired_state?
      options.fetch(:desired_state, !name_property?)
    end

    def default?
      options.key?(:default) || name_property?
    end

    def sensitive?
      options.fetch(:sensitive, false)
    end

    def set?(resource)
      resource.instance_variable_defined?(@variable)
    end

    def lazy?(resource)
      set?(resource) && resource.instance_variable_get(@variable).is_a?(DelayedEvaluator)
    end

    def reset(resource)
      resource.remove_instance_variable(@variable) if set?(resource)
    end

    def call(resource, value)
      value.equal?(NOT_PASSED) ? get(resource) : set(resource, value)
    end

    def set(resource, value)
      return reset(resource) if value.nil? && !accepts_nil?

      value = coerce_and_validate(resource, value) unless value.is_a?(DelayedEvaluator)
      resource.instance_variable_set(@variable, value)
    end

    def get(resource)
      value = set?(resource) ? stored(resource) : default(resource)
      return value unless value.nil? && required_for?(resource.action)

      raise Exceptions::ValidationFailed, "#{name} is a required property"
    end

    def required_for?(action)
      required = options[:required]
      required.is_a?(Array) ? (required & Array(action)).any? : required
    end

    private

    def stored(resource)
      value = resource.instance_variable_get(@variable)
      value.is_a?(DelayedEvaluator) ? coerce_and_validate(resource, evaluate(resource, value)) : value
    end

    def default(resource)
      return coerce_and_validate(resource, resource.given_name) if name_property? && name != :name
      return nil unless options.key?(:default)

      value = options[:default]
      value = value.is_a?(DelayedEvaluator) ? evaluate(resource, value) : duplicate(value)
      return value if value.nil?

      value = coerce_and_validate(resource, value)
      # Chef keeps a default that can be changed in place, so that the change is seen by later reads.
      resource.instance_variable_set(@variable, value) if value.is_a?(Array) || value.is_a?(Hash)
      value
    end

    def duplicate(value)
      case value
      when Hash then value.transform_values { |v| duplicate(v) }
      when Array then value.map { |v| duplicate(v) }
      when String then value.dup
      else value
      end
    end

    def evaluate(resource, block)
      block.arity == 1 ? block.call(resource) : resource.instance_exec(&block)
    end

    def coerce_and_validate(resource, value)
      value = resource.instance_exec(value, &options[:coerce]) if options.key?(:coerce) && !value.nil?
      validate(value)
      value
    end

    def accepts_nil?
      options.key?(:coerce) || allowed_types.include?(nil)
    end

    def allowed_types
      (Array(@types.equal?(NOT_PASSED) ? [] : @types) + Array(options[:is])).then do |types|
        @types.nil? ? types + [nil] : types
      end
    end

    def validate(value)
      # Of the types alone it is asked whether nil is one.
      wanted = value.nil? ? [allowed_types] : [allowed_types, options[:kind_of], options[:equal_to], options[:regex]]
      wanted.each { |o| check_types(value, Array(o)) }
      Array(options[:respond_to]).each { |m| invalid("must respond to #{m}") unless value.respond_to?(m) }
      Array(options[:cannot_be]).each { |m| invalid("cannot be #{m}") if value.public_send(:"#{m}?") }
      callbacks(value)
    end

    def callbacks(value)
      (options[:callbacks] || {}).each { |message, check| invalid(message) unless check.call(value) }
    end

    # Messages never show the value: it may be a secret.
    def check_types(value, allowed)
      return if allowed.empty? || allowed.any? { |type| matches?(type, value) }

      shown = allowed.map(&:inspect).join(', ')
      given = sensitive? ? 'a sensitive value' : value.inspect
      invalid("must be one of: #{shown}! You passed #{given}.")
    end

    def matches?(type, value)
      case type
      when Proc then type.call(value)
      when Property then type.send(:allowed_types).any? { |t| matches?(t, value) }
      when Regexp then value.is_a?(String) && type.match?(value)
      when Array then type == value
      else type === value # rubocop:disable Style/CaseEquality
      end
    end

    def invalid(message)
      raise Exceptions::ValidationFailed, options[:validation_message] || "Property #{name} #{message}"
    end
  end
end

# frozen_string_literal: true

class Chef
  # What an action runs in: `new_resource`, `current_resource`, the DSL and converge_by.
  class Provider
    include DSL::Universal
    include DSL::Resources
    include DSL::DeclareResource
    include DSL::Recipe

    attr_accessor :current_resource, :action
    attr_reader :new_resource, :run_context

    def initialize(new_resource, run_context, action = nil)
      @new_resource = new_resource
      @run_context = run_context
      @action = action
    end

    def cookbook_name
      new_resource.cookbook_name
    end

    def property_is_set?(name)
      new_resource.property_is_set?(name)
    end

    # Chef gives resources inside of an action the recipe of the resource around them.
    def recipe_name
      new_resource.recipe_name
    end

    def why_run?
      Config[:why_run]
    end
    alias whyrun_mode? why_run?

    def load_current_resource
      @current_resource = new_resource.load_current
    end

    # Runs the block unless this is a dry run, says so afterwards, and counts the resource as updated.
    def converge_by(descriptions)
      yield unless why_run?
      run_context.report.update_applied(new_resource, descriptions)
      new_resource.updated_by_last_action(true)
    end

    def converge_if_changed(*names, &block)
      raise ArgumentError, 'converge_if_changed must be passed a block!' unless block_given?

      changed = changed_properties(names.flatten)
      return false if changed.empty?

      title = current_resource ? "update #{current_resource.identity}" : "create #{new_resource.identity}"
      width = changed.map { |name| name.to_s.size }.max
      converge_by([title] + changed.map { |name| "  set #{name.to_s.ljust(width)} to #{shown(name)}" }, &block)
      true
    end

    def compile_and_converge(&block)
      saved = @run_context
      @run_context = saved.child(unified: new_resource.class.unified_mode)
      result = instance_eval(&block)
      @run_context.converge_children
      new_resource.updated_by_last_action(true) if @run_context.any_updated?
      result
    ensure
      @run_context = saved
    end

    def to_s
      "#{new_resource} action #{action}"
    end

    private

    def changed_properties(names)
      names = new_resource.class.state_properties.map(&:name) if names.empty?
      return names if current_resource.nil?

      names.select do |name|
        property = new_resource.class.properties.fetch(name)
        next false unless property.set?(new_resource) || property.default?

        current_resource.public_send(name) != new_resource.public_send(name)
      end
    end

    def shown(name)
      return '(suppressed sensitive property)' if new_resource.sensitive || new_resource.class.properties[name].sensitive?

      wanted = new_resource.public_send(name).inspect
      return "#{wanted} (was #{current_resource.public_send(name).inspect})" if current_resource

      new_resource.property_is_set?(name) ? wanted : "#{wanted} (default value)"
    end
  end
end

# frozen_string_literal: true

module StandIn
  # A run list with its roles expanded, and what roles and environment say about attributes.
  class RunList
    attr_reader :recipes, :roles

    def initialize(items, environment)
      @environment = environment
      @recipes = []
      @roles = []
      @default = Mash.new
      @override = Mash.new
      items.each { |item| expand(item) }
    end

    def self.qualified(recipe)
      recipe.include?('::') ? recipe : "#{recipe}::default"
    end

    def cookbooks
      recipes.map { |recipe| recipe.split('::').first }.uniq
    end

    def apply_attributes(node)
      node.attributes.merge_into(:role_default, @default)
      node.attributes.merge_into(:role_override, @override)
      return if @environment == '_default'

      file = Document.read(:environment_path, @environment, Chef::Exceptions::EnvironmentNotFound)
      node.attributes.merge_into(:env_default, file.fetch('default_attributes', {}))
      node.attributes.merge_into(:env_override, file.fetch('override_attributes', {}))
    end

    private

    def expand(item)
      item = Chef::RunList::RunListItem.new(item)
      return expand_role(item.name) if item.role?

      @recipes << item.name unless @recipes.include?(item.name)
    rescue ArgumentError => e
      raise Chef::Exceptions::ConfigurationError, e.message
    end

    def expand_role(name)
      return if @roles.include?(name)

      @roles << name
      role = Document.read(:role_path, name, Chef::Exceptions::RoleNotFound)
      items = role.fetch('env_run_lists', {}).fetch(@environment, role.fetch('run_list', []))
      items.each { |item| expand(item) }
      # Of two roles the later wins, and an outer role wins over the ones in its run list.
      @default = deep(@default, role.fetch('default_attributes', {}))
      @override = deep(@override, role.fetch('override_attributes', {}))
    end

    def deep(low, high)
      return low | high if low.is_a?(Array) && high.is_a?(Array)
      return high unless low.is_a?(Hash) && high.is_a?(Hash)

      low.to_h.merge(high.to_h) { |_, a, b| deep(a, b) }
    end
  end

  # A role or environment as JSON or in Chef's Ruby form.
  class Document
    FIELDS = %i[name description run_list env_run_lists default_attributes override_attributes cookbook_versions
                cookbook].freeze

    def self.read(setting, name, error)
      folders = Chef::Config.paths(setting)
      paths = folders.product(%w[json rb]).map { |folder, type| File.join(folder, "#{name}.#{type}") }
      path = paths.find { |one| File.file?(one) }
      raise error, "#{setting.to_s.split('_').first} '#{name}' is in none of: #{folders.join(', ')}" if path.nil?

      path.end_with?('.json') ? JSON.parse(File.read(path)) : new(path).to_h
    end

    def initialize(path)
      @fields = {}
      instance_eval(File.read(path), path, 1)
    end

    def to_h
      Mash.from(@fields).to_h
    end

    FIELDS.each do |field|
      define_method(field) do |*values|
        @fields[field.to_s] = values.size == 1 && field != :run_list ? values.first : values.flatten
      end
    end
  end
end

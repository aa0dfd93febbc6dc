# frozen_string_literal: true

# Ohai as far as cookbooks ask which one it is.
module Ohai
  VERSION = StandIn::VERSION
end

# The language of cookbooks under Chef's own names.
class Chef
  VERSION = StandIn::VERSION

  class << self
    # The node and the run context of this run, as `Chef.node` and `Chef.run_context`.
    attr_accessor :node, :run_context
  end

  # The machine being converged: its name, run list and attributes.
  class Node
    attr_accessor :name, :chef_environment
    attr_reader :attributes, :run_state, :run_list

    def initialize(name)
      @name = name
      @attributes = StandIn::Attributes.new
      @run_state = {}
      @chef_environment = '_default'
      @run_list = RunList.new
    end

    def run_list=(items)
      @run_list = RunList.new(*items)
    end

    %i[default override normal automatic force_default force_override].each do |level|
      define_method(level) { attributes.level(level) }
    end
    alias automatic_attrs automatic

    def default_unless
      UnlessSet.new(default)
    end

    def normal_unless
      UnlessSet.new(normal)
    end

    def override_unless
      UnlessSet.new(override)
    end

    def [](key)
      attributes[key]
    end

    def []=(key, _value)
      raise Chef::Exceptions::ImmutableAttributeModification,
            "node['#{key}'] is read-only: set node.default, node.normal or node.override"
    end

    def key?(key)
      attributes.key?(key)
    end
    alias attribute? key?

    def read(*path)
      return nil unless key?(path.first)

      path.size == 1 ? self[path.first] : StandIn::Mash.new.merge!(path.first => self[path.first]).read(*path)
    end
    alias dig read

    def read!(*path)
      StandIn::Mash.new.merge!(path.first => self[path.first]).read!(*path)
    end

    def exist?(*path)
      parent = path.size == 1 ? nil : read(*path[0..-2])
      path.size == 1 ? key?(path.first) : parent.is_a?(Hash) && parent.key?(path.last)
    end

    def fetch(key, *rest, &block)
      key?(key) ? self[key] : {}.fetch(key, *rest, &block)
    end

    def tags
      Array(self['tags'])
    end

    def tag(*names)
      normal['tags'] = tags | names.flatten.map(&:to_s)
    end

    def untag(*names)
      normal['tags'] = tags - names.flatten.map(&:to_s)
    end

    def environment
      chef_environment
    end

    def recipe?(name)
      run_list.include?(name) || Array(self['recipes']).include?(name)
    end

    def role?(name)
      Array(self['roles']).include?(name)
    end

    def to_h
      attributes.to_h
    end
    alias to_hash to_h

    def to_s
      "node[#{name}]"
    end
    alias inspect to_s

    # What Chef's local mode leaves beside the cookbooks.
    def for_json
      levels = %i[default normal override automatic].to_h { |level| [level, attributes.level(level).to_h] }
      { 'name' => name, 'chef_environment' => chef_environment, 'json_class' => 'Chef::Node', 'chef_type' => 'node',
        'run_list' => run_list.for_json }.merge(levels)
    end

    # Writes only where nothing stands yet.
    class UnlessSet
      def initialize(level)
        @level = level
      end

      def [](key)
        UnlessSet.new(@level[key])
      end

      def []=(key, value)
        @level[key] = value unless @level.key?(key)
      end
    end
  end
end

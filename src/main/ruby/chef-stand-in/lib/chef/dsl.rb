# frozen_string_literal: true

class Chef
  # What recipes, actions, guards and lazy blocks may say beside the names of resources.
  module DSL
    # Questions about the platform; also `ChefUtils` of real Chef as far as it is used.
    module Platform
      def platform?(*names)
        names.flatten.map(&:to_s).include?(node['platform'])
      end

      def platform_family?(*names)
        names.flatten.map(&:to_s).include?(node['platform_family'])
      end

      def debian?
        platform_family?('debian')
      end
      alias debian_platform? debian?

      def ubuntu?
        platform?('ubuntu')
      end
      alias ubuntu_platform? ubuntu?

      def linux?
        node['os'] == 'linux'
      end

      def systemd?
        File.directory?('/run/systemd/system')
      end

      def docker?
        !node.read('virtualization', 'systems', 'docker').nil?
      end

      def ec2?
        node.key?('ec2')
      end

      def which(*names)
        ENV.fetch('PATH', '').split(':').product(names.flatten).map { |dir, name| File.join(dir, name) }
           .find { |path| File.executable?(path) && File.file?(path) } || false
      end

      def value_for_platform(platforms)
        versions = platforms[node['platform']]
        return platforms['default'] if versions.nil?
        return versions unless versions.is_a?(Hash)

        found = versions.find { |wanted, _| version_matches?(wanted) }
        found ? found.last : versions.fetch('default', platforms['default'])
      end

      def value_for_platform_family(families)
        found = families.find { |names, _| Array(names).include?(node['platform_family']) }
        found ? found.last : families['default']
      end

      private

      def version_matches?(wanted)
        Array(wanted).any? do |version|
          next false if version == 'default'

          version == node['platform_version'] || Gem::Requirement.new(version)
                                                                 .satisfied_by?(Gem::Version.new(node['platform_version']))
        rescue Gem::Requirement::BadRequirementError
          false
        end
      end
    end

    # Data bags.
    module DataQuery
      def data_bag(bag)
        run_context.data_bags.items(bag)
      end

      def data_bag_item(bag, item, secret = nil)
        run_context.data_bags.item(bag, item, secret)
      end
    end

    # Available wherever a node is at hand.
    module Universal
      include Platform
      include DataQuery
      include Mixin::ShellOut

      def lazy(&block)
        DelayedEvaluator.new(&block)
      end

      def node
        run_context&.node
      end

      def with_run_context(which = nil, &block)
        raise StandIn::Unsupported, "with_run_context #{which.inspect}" unless which == :root

        saved = @run_context
        @run_context = run_context.root
        instance_eval(&block)
      ensure
        @run_context = saved
      end
    end

    # One method for every resource; filled as resources are registered.
    module Resources
    end

    # The declaration of resources.
    module DeclareResource
      def declare_resource(type, name = '', created_at: nil, enclosing_provider: nil, run_context: nil, &block)
        context = run_context || self.run_context
        resource = build_resource(type, name, created_at: created_at || caller(1, 1).first,
                                              enclosing_provider: enclosing_provider, run_context: context, &block)
        context.declare(resource)
        resource
      end

      def build_resource(type, name = '', created_at: nil, enclosing_provider: nil, run_context: nil, &block)
        resource_class = StandIn::ResourceRegistry.find(type)
        raise Exceptions::ResourceNotFound, "Cannot find a resource for #{type} on this platform" unless resource_class

        resource = resource_class.new(name, run_context || self.run_context)
        resource.declared_type = type
        resource.source_line = created_at || caller(1, 1).first
        resource.cookbook_name = cookbook_name
        resource.recipe_name = recipe_name
        resource.enclosing_provider = enclosing_provider || (is_a?(Provider) ? self : nil)
        resource.instance_eval(&block) if block
        resource.after_created
        resource
      end

      def find_resource(type, name, **_options, &block)
        run_context.resource_collection.find_by(type, name) || (block && declare_resource(type, name, &block))
      end

      def find_resource!(type, name)
        run_context.resource_collection.find_by(type, name) ||
          raise(Exceptions::ResourceNotFound, "Cannot find a resource matching #{type}[#{name}]")
      end
      alias resources find_resource!

      def edit_resource!(type, name, &block)
        resource = find_resource!(type, name)
        resource.instance_eval(&block) if block
        resource
      end

      def edit_resource(type, name, created_at: nil, &block)
        resource = find_resource(type, name)
        return declare_resource(type, name, created_at: created_at || caller(1, 1).first, &block) unless resource

        resource.instance_eval(&block) if block
        resource
      end

      def delete_resource(type, name)
        run_context.resource_collection.delete(type, name)
      end
    end
  end
end

module StandIn
  # The resource classes by the names under which recipes declare them.
  module ResourceRegistry
    @classes = {}

    class << self
      def register(name, resource_class)
        name = name.to_sym
        @classes[name] = resource_class
        Chef::DSL::Resources.define_method(name) do |resource_name = '', created_at: nil, &block|
          declare_resource(name, resource_name, created_at: created_at || caller(1, 1).first, &block)
        end
      end

      def find(name)
        @classes[name.to_sym]
      end

      def names
        @classes.keys
      end
    end
  end
end

# frozen_string_literal: true

class Chef
  # What recipes, actions, guards and lazy blocks may say beside the names of resources.
  module DSL
    # Questions about the platform, beside those of ChefUtils.
    module Platform
      include ChefUtils::DSL

      def platform?(*names)
        names.flatten.map(&:to_s).include?(node['platform'])
      end

      def platform_family?(*names)
        names.flatten.map(&:to_s).include?(node['platform_family'])
      end

      def reboot_pending?
        File.exist?('/var/run/reboot-required')
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

    PlatformIntrospection = Platform

    # Data bags and tags.
    module DataQuery
      def data_bag(bag)
        run_context.data_bags.items(bag)
      end

      def data_bag_item(bag, item, secret = nil)
        run_context.data_bags.item(bag, item, secret)
      end

      def search(*)
        raise StandIn::Unsupported, 'search: Chef finds nodes and data bag items beside solo.rb, the stand-in has no index'
      end

      def tagged?(*tags)
        tags.flatten.all? { |tag| node.tags.include?(tag) }
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

    # What modules of cookbooks include, or are included in, to have the language.
    module Recipe
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
        StandIn::OtherResources.refuse(type) if resource_class.nil? && StandIn::OtherResources::NAMES.include?(type.to_sym)
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

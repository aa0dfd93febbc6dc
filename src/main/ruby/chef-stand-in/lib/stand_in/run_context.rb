# frozen_string_literal: true

module StandIn
  # Who tells whom when: the notifications of one run context.
  class Notifications
    TIMINGS = %i[delayed immediately immediate before].freeze

    # One `notifies` or `subscribes`; source and target may still be names.
    Notification = Struct.new(:source, :action, :target, :timing, :collection) do
      def same_work?(other)
        action == other.action && target.equal?(other.target)
      end

      def resolve_target
        self.target = collection.lookup(target) if target.is_a?(String)
        self
      end
    end

    def initialize(collection)
      @collection = collection
      @all = []
    end

    def add(source, action, target, timing, subscribed:)
      timing = timing.to_sym
      raise ArgumentError, "timing #{timing.inspect} is none of #{TIMINGS.join(', ')}" unless TIMINGS.include?(timing)

      timing = :immediate if timing == :immediately
      ends = subscribed ? Array(source) : Array(target)
      ends.each do |one|
        @all << Notification.new(subscribed ? one : source, action.to_sym, subscribed ? target : one, timing,
                                 @collection)
      end
    end

    def of(resource, timing)
      found = @all.select { |n| n.timing == timing && source_is?(n, resource) }
      # What is notified at the end may be declared later.
      timing == :delayed ? found : found.each(&:resolve_target)
    end

    # Fails where a name means no resource; called when everything is declared.
    def resolve_all
      @all.each do |notification|
        resolve(notification)
        next if notification.target.class.actions.include?(notification.action)

        raise Chef::Exceptions::ValidationFailed,
              "#{notification.target} has no action :#{notification.action}, but #{notification.source} notifies it"
      end
    end

    private

    def resolve(notification)
      notification.resolve_target
      notification.source = @collection.lookup(notification.source) if notification.source.is_a?(String)
    rescue Chef::Exceptions::ResourceNotFound => e
      known = [notification.source, notification.target].find { |one| one.is_a?(Chef::Resource) }
      raise e.class, "#{known} notifies or is notified by another resource, but #{e.message} (#{known.source_line})"
    end

    def source_is?(notification, resource)
      return notification.source.equal?(resource) unless notification.source.is_a?(String)

      type, name = notification.source.match(/\A([^\[\]\s]+)\[(.+)\]\z/m)&.captures
      resource.name == name && resource.answers_to?(type.to_sym)
    end
  end

  # What one recipe run, or one action of a custom resource, shares: its resources and notifications.
  class RunContext
    attr_reader :resource_collection, :notifications, :parent, :recipe_files

    # What a whole run shares.
    Shared = Struct.new(:node, :report, :cookbooks, :data_bags, keyword_init: true)

    def initialize(shared, parent: nil, unified: false)
      @shared = shared
      @parent = parent
      @unified = unified
      @resource_collection = ResourceCollection.new(parent&.resource_collection)
      @notifications = Notifications.new(@resource_collection)
      @recipes = []
      @recipe_files = []
      @attribute_files = []
      @delayed = []
    end

    Shared.members.each { |name| define_method(name) { @shared.public_send(name) } }

    def root
      parent ? parent.root : self
    end

    # Without the node and all else that hangs on it: Ruby shows the receiver of an unknown method.
    def inspect
      '#<Chef::RunContext>'
    end

    def child(unified:)
      RunContext.new(@shared, parent: self, unified: unified)
    end

    def declare(resource)
      resource_collection.insert(resource)
      Runner.new(self).run(resource) if @unified
    end

    def converge_children
      notifications.resolve_all
      Runner.new(self).run_all unless @unified
    end

    def any_updated?
      resource_collection.any?(&:updated_by_last_action?)
    end

    def delay(notification)
      return root.delay(notification) if parent

      @delayed << notification unless @delayed.any? { |known| known.same_work?(notification) }
    end

    def delayed
      parent ? root.delayed : @delayed
    end

    def request_reboot(request)
      parent ? root.request_reboot(request) : @reboot = request
    end

    def cancel_reboot
      request_reboot(nil)
    end

    def reboot
      parent ? root.reboot : @reboot
    end

    def include_recipe(name, current_cookbook: nil)
      return root.include_recipe(name, current_cookbook: current_cookbook) if parent

      name = "#{current_cookbook}#{name}" if name.start_with?('::')
      cookbook, recipe = name.split('::', 2)
      recipe ||= 'default'
      return if @recipes.include?([cookbook, recipe])

      @recipes << [cookbook, recipe]
      path = cookbooks.recipe(cookbook, recipe, from: current_cookbook)
      loaded = node.automatic['recipes']
      loaded << "#{cookbook}::#{recipe}" unless loaded.include?("#{cookbook}::#{recipe}")
      @recipe_files << path
      Compile.guarded("Recipe Compile Error in #{path}", path, report) do
        Chef::Recipe.new(cookbook, recipe, self).from_file(path)
      end
    end

    def include_attribute(name)
      cookbook, file = name.split('::', 2)
      path = cookbooks.fetch(cookbook).file('attributes', "#{file || 'default'}.rb")
      return if @attribute_files.include?(path)

      @attribute_files << path
      Compile.guarded("Recipe Compile Error in #{path}", path, report) do
        Chef::AttributeFile.new(node, self).from_file(path)
      end
    end
  end
end

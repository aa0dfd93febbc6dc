# frozen_string_literal: true

module StandIn
  # The resources of one run context, in the order of their declaration.
  class ResourceCollection
    include Enumerable

    def initialize(parent = nil)
      @parent = parent
      @resources = []
      @position = 0
    end

    def each(&block)
      @resources.each(&block)
    end

    def size
      @resources.size
    end
    alias count size

    def all_resources
      @resources
    end

    # While resources run, new ones are placed just after the one that declares them.
    def insert(resource)
      @resources.insert(@position, resource)
      @position += 1
    end

    def delete(type, name)
      found = find_by(type, name)
      found && @resources.delete(found)
    end

    def each_in_turn
      index = 0
      while index < @resources.size
        resource = @resources[index]
        @position = index + 1
        yield resource
        index += 1
      end
      @position = @resources.size
    end

    # The last one declared wins; a child context also sees what is around it.
    def find_by(type, name)
      names = name.is_a?(Array) ? [name.join(', ')] : [name.to_s]
      @resources.reverse_each do |resource|
        return resource if names.include?(resource.name) && resource.answers_to?(type)
      end
      @parent&.find_by(type, name)
    end

    # `type[name]`, as notifications and find_resource spell it.
    def lookup(text)
      match = /\A([^\[\]\s]+)\[(.+)\]\z/m.match(text.to_s)
      raise Chef::Exceptions::ValidationFailed, "'#{text}' is no resource: write type[name]" unless match

      find_by(match[1].to_sym, match[2]) ||
        raise(Chef::Exceptions::ResourceNotFound, "#{text} cannot be found in the resource collection")
    end
  end
end

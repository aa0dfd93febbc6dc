# frozen_string_literal: true

class Chef
  # What a node is to converge, before roles are expanded.
  class RunList
    include Enumerable

    # One `recipe[x]` or `role[x]`; a bare name is a recipe's.
    class RunListItem
      FORM = /\A(?:(recipe|role)\[)?([^\[\]@]+)(?:@(\d+(?:\.\d+){0,2}))?(\]?)\z/

      attr_reader :type, :name, :version

      def initialize(text)
        match = FORM.match(text.to_s)
        unless match && match[1].nil? == match[4].empty?
          raise ArgumentError, "'#{text}' is no item of a run list: write recipe[x] or role[x]"
        end

        @type = (match[1] || 'recipe').to_sym
        @name = match[2]
        @version = match[3]
      end

      def recipe?
        type == :recipe
      end

      def role?
        type == :role
      end

      def to_s
        "#{type}[#{name}#{"@#{version}" if version}]"
      end

      def ==(other)
        to_s == other.to_s
      end
    end

    attr_reader :run_list_items

    alias run_list run_list_items

    def initialize(*items)
      @run_list_items = []
      items.flatten.each { |item| self << item }
    end

    def each(&block)
      run_list_items.each(&block)
    end

    def <<(item)
      item = RunListItem.new(item)
      run_list_items << item unless run_list_items.include?(item)
      self
    end

    def include?(item)
      run_list_items.include?(RunListItem.new(item))
    end

    def recipe_names
      select(&:recipe?).map(&:name)
    end
    alias recipes recipe_names

    def role_names
      select(&:role?).map(&:name)
    end
    alias roles role_names

    def ==(other)
      other.respond_to?(:map) && map(&:to_s) == other.map { |item| RunListItem.new(item).to_s }
    end

    def [](index)
      run_list_items[index]
    end

    def size
      run_list_items.size
    end

    def empty?
      run_list_items.empty?
    end

    def for_json
      map(&:to_s)
    end

    def to_json(*options)
      for_json.to_json(*options)
    end

    def to_s
      for_json.join(', ')
    end
  end
end

# frozen_string_literal: true

module StandIn
  # A hash whose keys are strings, however they are given.
  class Mash < Hash
    def self.from(value)
      case value
      when Hash then value.each_with_object(new) { |(k, v), mash| mash[k] = from(v) }
      when Array then value.map { |v| from(v) }
      else value
      end
    end

    def [](key)
      super(convert(key))
    end

    def []=(key, value)
      super(convert(key), value)
    end

    def fetch(key, *rest, &block)
      super(convert(key), *rest, &block)
    end

    def key?(key)
      super(convert(key))
    end
    alias include? key?
    alias has_key? key?
    alias member? key?
    alias attribute? key?
    alias exist? key?

    def delete(key)
      super(convert(key))
    end

    def dig(key, *rest)
      super(convert(key), *rest)
    end

    def values_at(*keys)
      super(*keys.map { |key| convert(key) })
    end

    def slice(*keys)
      super(*keys.map { |key| convert(key) })
    end

    def merge(*others)
      others.reduce(dup) { |merged, other| merged.merge!(other) }
    end

    def merge!(other)
      other.each { |key, value| self[key] = value }
      self
    end
    alias update merge!

    # `read('a', 'b')` is nil where `dig` might raise because a step is no hash.
    def read(*path)
      path.reduce(self) do |value, key|
        return nil unless value.is_a?(Hash) ? value.key?(key) : value.is_a?(Array) && key.is_a?(Integer)

        value[key]
      end
    end

    def read!(*path)
      missing = (1..path.size).find { |n| read(*path.first(n)).nil? && !path_exists?(path.first(n)) }
      raise Chef::Exceptions::AttributeNotFound, "no attribute #{path.first(missing).join('.')}" if missing

      read(*path)
    end

    def to_h(&block)
      return super if block

      transform_values { |v| plain(v) }
    end
    alias to_hash to_h

    private

    def path_exists?(path)
      parent = path.size == 1 ? self : read(*path[0..-2])
      parent.is_a?(Hash) && parent.key?(path.last)
    end

    def plain(value)
      return value.map { |v| plain(v) } if value.is_a?(Array)

      value.is_a?(Mash) ? value.to_h : value
    end

    def convert(key)
      key.is_a?(Symbol) ? key.to_s : key
    end
  end

  # One writable level of a node's attributes: reading a missing key makes an empty one, so that
  # `default['a']['b'] = 1` works.
  class VividMash < Mash
    def [](key)
      return super if key?(key)

      self[key] = VividMash.new
    end

    def []=(key, value)
      super(key, vivid(value))
    end

    # Where attributes are read by name: `default.dig`, `read` must not create anything.
    def dig(key, *rest)
      key?(key) ? super : nil
    end

    private

    def vivid(value)
      return value if value.is_a?(VividMash)

      case value
      when Hash then value.each_with_object(VividMash.new) { |(k, v), mash| mash[k] = v }
      when Array then value.map { |v| vivid(v) }
      else value
      end
    end
  end

  # The attributes of a node: Chef's levels of precedence, merged where they are read.
  class Attributes
    DEFAULTS = %i[default env_default role_default force_default].freeze
    OVERRIDES = %i[override role_override env_override force_override].freeze
    LEVELS = (DEFAULTS + %i[normal] + OVERRIDES + %i[automatic]).freeze

    def initialize
      @levels = LEVELS.to_h { |name| [name, VividMash.new] }
    end

    def level(name)
      @levels.fetch(name)
    end

    def merge_into(name, values)
      @levels[name] = VividMash.new.merge!(deep_merge(level(name).to_h, Mash.from(values).to_h))
    end

    def key?(key)
      @levels.each_value.any? { |level| level.key?(key) }
    end

    def keys
      @levels.values.flat_map(&:keys).uniq
    end

    # The merged value of one top-level key, frozen: attributes are written at a level only.
    def [](key)
      key = key.to_s
      parts = [combine(DEFAULTS, key), value(:normal, key), combine(OVERRIDES, key), value(:automatic, key)]
      freeze_deep(Mash.from(parts.reduce { |low, high| hash_merge(low, high) }))
    end

    def to_h
      keys.to_h { |key| [key, self[key]] }
    end

    private

    def value(name, key)
      return nil unless level(name).key?(key)

      found = level(name)[key]
      found.is_a?(Mash) ? found.to_h : found
    end

    def combine(names, key)
      names.map { |name| value(name, key) }.reduce { |low, high| deep_merge(low, high) }
    end

    # Among the defaults, and among the overrides, arrays are united.
    def deep_merge(low, high)
      return low | high if low.is_a?(Array) && high.is_a?(Array)
      return high.nil? ? low : high unless low.is_a?(Hash) && high.is_a?(Hash)

      low.merge(high) { |_, a, b| deep_merge(a, b) }
    end

    # From defaults to normal to overrides to automatic, an array replaces the one below.
    def hash_merge(low, high)
      return high.nil? ? low : high unless low.is_a?(Hash) && high.is_a?(Hash)

      low.merge(high) { |_, a, b| hash_merge(a, b) }
    end

    def freeze_deep(value)
      case value
      when Hash then value.each_value { |v| freeze_deep(v) }
      when Array then value.each { |v| freeze_deep(v) }
      end
      value.frozen? ? value : value.freeze
    end
  end
end

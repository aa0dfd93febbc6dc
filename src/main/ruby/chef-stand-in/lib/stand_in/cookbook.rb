# frozen_string_literal: true

module StandIn
  # metadata.json, or else metadata.rb, read for what matters here; other words are ignored, as in Chef.
  class Metadata
    attr_reader :dependencies

    def initialize(folder)
      @dependencies = {}
      file = File.join(folder, 'metadata.rb')
      json = File.join(folder, 'metadata.json')
      if File.file?(json) then read_json(JSON.parse(File.read(json)))
      elsif File.file?(file) then instance_eval(File.read(file), file, 1)
      end
    end

    # The name alone, without running the file: it may be of a cookbook that nobody needs.
    def self.name_of(folder)
      path = %w[metadata.json metadata.rb].map { |file| File.join(folder, file) }.find { |file| File.file?(file) }
      text = path ? StandIn.text(File.read(path)) : ''
      text[/^\s*(?:\{\s*)?"?name"?[\s:(]+["']([^"'\n]+)["']/, 1] || File.basename(folder)
    end

    def name(value = nil)
      value ? @name = value : @name
    end

    def version(value = nil)
      value ? @version = value : (@version || '0.0.0')
    end

    def depends(cookbook, constraint = '>= 0.0.0')
      @dependencies[cookbook] = constraint
    end

    def method_missing(name, *)
      block_given? ? super : nil
    end

    def respond_to_missing?(*)
      true
    end

    private

    def read_json(data)
      @name = data['name']
      @version = data['version']
      @dependencies = data.fetch('dependencies', {})
      @dependencies.transform_values! { |constraint| constraint == [] ? '>= 0.0.0' : constraint }
    end
  end

  # One cookbook folder.
  class Cookbook
    attr_reader :name, :folder

    def initialize(folder)
      @folder = folder
      @name = Metadata.name_of(folder)
    end

    def metadata
      @metadata ||= Metadata.new(folder)
    end

    def version
      metadata.version
    end

    # Files of one kind in the order in which Chef loads them: default.rb first.
    def ruby_files(kind)
      files = Dir[File.join(folder, kind, '**', '*.rb')]
      files.partition { |file| File.basename(file) == 'default.rb' }.flatten
    end

    def file(kind, name)
      path = File.join(folder, kind, name)
      raise Chef::Exceptions::FileNotFound, "cookbook '#{self.name}' has no #{kind}/#{name}" unless File.file?(path)

      path
    end

    def recipe?(name)
      !recipe_path(name).nil?
    end

    def recipe_path(name)
      candidates = ["recipes/#{name}.rb"]
      candidates << 'recipe.rb' if name == 'default'
      candidates.map { |path| File.join(folder, path) }.find { |path| File.file?(path) }
    end

    # A file or template: the most specific folder for this platform wins.
    def preferred(kind, names, node)
      folders = ["host-#{node['fqdn']}", "#{node['platform']}-#{node['platform_version']}",
                 "#{node['platform']}-#{node['platform_version'].to_s[/\A\d+/]}", node['platform'], 'default', '']
      tried = folders.product(Array(names)).map { |dir, name| File.expand_path(File.join(folder, kind, dir, name)) }
      tried.find { |path| File.exist?(path) } || raise(
        Chef::Exceptions::FileNotFound, "Cookbook '#{name}' (#{version}) does not contain #{kind}/#{Array(names).first}"
      )
    end
  end

  # The cookbooks of all cookbook paths; of two with one name the later path's wins.
  class Cookbooks
    def initialize(paths)
      @cookbooks = {}
      paths.each do |path|
        raise Chef::Exceptions::CookbookNotFound, "cookbook path #{path} does not exist" unless File.directory?(path)

        Dir[File.join(path, '*')].select { |dir| cookbook?(dir) }.each do |dir|
          cookbook = Cookbook.new(dir)
          @cookbooks[cookbook.name] = cookbook
        end
      end
    end

    def inspect
      "#<cookbooks #{@cookbooks.keys.join(', ')}>"
    end

    def fetch(name)
      @cookbooks.fetch(name) do
        raise Chef::Exceptions::CookbookNotFound, "Cookbook #{name} not found. There are: #{@cookbooks.keys.join(', ')}"
      end
    end

    def recipe(cookbook, recipe, from: nil)
      unless from.nil? || from == cookbook || needed_by([from]).map(&:name).include?(cookbook)
        raise Chef::Exceptions::CookbookNotFound,
              "cookbook #{from} includes #{cookbook}::#{recipe} but its metadata does not say: depends '#{cookbook}'"
      end
      fetch(cookbook).recipe_path(recipe) ||
        raise(Chef::Exceptions::RecipeNotFound, "could not find recipe #{recipe} for cookbook #{cookbook}")
    end

    # The named cookbooks and what they depend on, dependencies first.
    def needed_by(names, seen = {})
      names.flat_map do |name|
        next [] if seen[name]

        seen[name] = true
        cookbook = fetch(name)
        cookbook.metadata.dependencies.each { |dependency, constraint| check_version(cookbook, dependency, constraint) }
        needed_by(cookbook.metadata.dependencies.keys, seen) + [cookbook]
      end
    end

    private

    def cookbook?(dir)
      %w[metadata.rb metadata.json recipes].any? { |entry| File.exist?(File.join(dir, entry)) }
    end

    def check_version(cookbook, dependency, constraint)
      version = fetch(dependency).version
      return if Gem::Requirement.new(constraint).satisfied_by?(Gem::Version.new(version))

      raise Chef::Exceptions::CookbookNotFound,
            "cookbook #{cookbook.name} depends on #{dependency} #{constraint}, but there is #{version}"
    end
  end
end

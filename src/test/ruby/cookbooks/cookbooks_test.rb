# frozen_string_literal: true

require_relative '../stand_in/converge_case'

# The cookbooks as a whole: they load, every word in them is known, and nothing is changed by a dry run.
class CookbooksTest < ConvergeCase
  COOKBOOKS = File.expand_path('../../../../cookbooks', __dir__)

  def dry_run(paths, run_list)
    write('solo.rb', "cookbook_path #{paths.map { |one| File.join(COOKBOOKS, one) }.inspect}\n" \
                     "file_cache_path '#{@dir}/cache'\nchef_repo_path '#{@dir}'\n")
    write('node.json',
          JSON.generate('run_list' => run_list, 'wcs' => { 'upgrade' => false, 'metadata' => { 'endpoint' => '' } }))
    solo('-c', path('solo.rb'), '-j', path('node.json'), '--why-run', '--no-color')
  end

  def test_provisioning_compiles
    result = dry_run(%w[provision sample], %w[recipe[wcssample] recipe[wcsprov]])

    assert_match(/^Converging \d+ resources/, result.out)
    refute_match(/Refused before/, result.out)
  end

  def test_bootstrapping_compiles
    result = dry_run(%w[bootstrap], %w[recipe[wcsbootstrap]])

    assert_match(/^Converging 8 resources/, result.out)
  end

  def test_following_a_changed_address_compiles
    result = dry_run(%w[bootstrap], %w[recipe[wcsbootstrap::address]])

    assert_match(/^Converging 3 resources/, result.out)
    refute_match(/Refused before/, result.out)
  end

  def test_every_cookbook_says_what_chef_needs_to_know
    Dir[File.join(COOKBOOKS, '*', '*', 'metadata.rb')].each do |file|
      text = File.read(file)
      %w[name maintainer license description version chef_version supports source_url].each do |field|
        assert_match(/^#{field} /, text, file)
      end
      assert_match(/^version '\d+\.\d+\.\d+'$/, text, file)
      # What Chef's style guide takes for a licence that is none of SPDX's.
      assert_match(/^license 'Apache-2.0'$/, text, file)
      refute_match(/example|YOUR_|you@/i, text, file)
    end
  end

  def attribute_files
    Dir[File.join(COOKBOOKS, '*', '*', 'attributes/default.rb')]
  end

  def readme_of(file)
    File.read(File.expand_path('../README.md', File.dirname(file)))
  end

  # Names of the attributes, each with the values that it is given, as they are written.
  def attributes(file)
    text = File.read(file).gsub(/^\s*#.*\n/, '')
    text.scan(/^\s*default((?:\['\w+'\])+) = (.+)$/).each_with_object({}) do |(path, value), found|
      (found[path.scan(/\w+/).join('.')] ||= []) << value
    end
  end

  # The first two cells of each row; a cell may name several attributes, and their defaults in the same order.
  def documented(readme)
    readme.scan(/^\| (`wcs[^|]*) \| ([^|]+) \|/).flat_map do |names, defaults|
      names = names.scan(/`([\w.]+)`/).flatten.grep(/\./)
      names.each_with_index.map { |name, index| [name, names.one? ? defaults : defaults.split(', ')[index]] }
    end.to_h
  end

  def test_every_attribute_is_in_the_readme_and_no_other
    attribute_files.each do |file|
      assert_equal(attributes(file).keys.sort, documented(readme_of(file)).keys.sort, file)
    end
  end

  def test_the_readme_says_the_defaults
    attribute_files.each do |file|
      attributes(file).each do |name, values|
        said = documented(readme_of(file)).fetch(name)
        values.each { |value| literals(value).each { |one| assert_includes(said, one, "#{file}: #{name}") } }
      end
    end
  end

  # What must stand in a row word by word: numbers, words, booleans. Maps and long addresses are described instead.
  def literals(value)
    return [] if value.start_with?('{') && value != '{}'
    return value.scan(/[\w.-]+/).drop(1).map { |word| "`#{word}`" } if value.start_with?('%w')
    return ['none'] if value == 'nil'
    return [] if value.start_with?("'https:")

    ["`#{value.delete("'_")}`"]
  end

  def test_every_custom_resource_and_property_is_described
    Dir[File.join(COOKBOOKS, '*', '*', 'resources/*.rb')].each do |file|
      text = File.read(file)

      assert_match(/^unified_mode true$/, text, file)
      assert_match(/^description /, text, file)
      text.scan(/^property .*?(?=^(?:property|action|load_current_value|default_action)\b)/m).each do |property|
        assert_match(/description: /, property, file)
      end
    end
  end
end

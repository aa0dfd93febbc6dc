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

    assert_match(/^Converging 7 resources/, result.out)
  end

  def test_every_cookbook_says_what_chef_needs_to_know
    Dir[File.join(COOKBOOKS, '*', '*', 'metadata.rb')].each do |file|
      text = File.read(file)
      %w[name maintainer license description version chef_version supports source_url].each do |field|
        assert_match(/^#{field} /, text, file)
      end
    end
  end

  def test_every_attribute_is_in_the_readme
    Dir[File.join(COOKBOOKS, '*', '*', 'attributes/default.rb')].each do |file|
      readme = File.read(File.expand_path('../README.md', File.dirname(file)))
      names = File.read(file).scan(/^\s*default((?:\['\w+'\])+) =/).map { |(path)| path.scan(/\w+/).join('.') }
      names.uniq.each { |name| assert_includes(readme, "`#{name}`", file) }
    end
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

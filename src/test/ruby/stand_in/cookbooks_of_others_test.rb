# frozen_string_literal: true

require_relative 'converge_case'

# Cookbooks as others write them: what Chef takes is taken, and what the run list does not need is left alone.
class CookbooksOfOthersTest < ConvergeCase
  def test_words_of_the_metadata_that_are_not_known_are_ignored
    write('cookbooks/c/metadata.rb', "name 'c'\nversion '1.0.0'\nrecipe 'c', 'd'\nattribute 'a', default: 1\ngrouping 'x'\n")
    assert_converged(converge("log 'x'"))
  end

  def test_metadata_json_is_preferred_and_its_dependencies_hold
    write('cookbooks/c/metadata.json',
          JSON.generate('name' => 'c', 'version' => '2.0.0', 'dependencies' => { 'd' => '>= 1.0' }))
    write('cookbooks/d/metadata.rb', "name 'd'\nversion '1.5.0'\n")
    write('cookbooks/d/recipes/default.rb', "file '#{path('d')}'\n")
    result = converge("include_recipe 'd'")

    assert_converged(result)
    assert_includes(result.out, '- c (2.0.0)')
    assert_path_exists(path('d'))
  end

  def test_what_the_run_list_does_not_need_is_not_read
    write('cookbooks/other/metadata.rb', "raise 'never read'\n")
    write('cookbooks/other/libraries/l.rb', "raise 'never read'\n")
    write('cookbooks/named_otherwise/metadata.rb', "name 'd'\n")
    write('cookbooks/named_otherwise/recipes/default.rb', '')
    write('cookbooks/c/metadata.rb', "name 'c'\nversion '1.0.0'\ndepends 'd'\n")
    write('cookbooks/c/templates/unused.erb', '<% if %>')
    write('cookbooks/c/templates/nested/used.erb', 'ok')
    assert_converged(converge("template('#{path('t')}') { source 'nested/used.erb' }\ninclude_recipe 'd'"))
  end

  def test_the_recipes_of_the_node_are_spelt_both_ways
    write('cookbooks/c/recipes/other.rb', '')
    json = { 'run_list' => ['recipe[c]', 'recipe[c::other]'] }
    result = converge(<<~RUBY, json: json)
      seen = [node['recipes'].to_a, node['expanded_run_list'].to_a, node.run_list.to_s, node.run_list.recipes,
              node.run_list.include?('c'), node.recipe?('c::default'), node.recipe?('c::other'), node.recipe?('d'),
              node.run_list == ['recipe[c]', 'recipe[c::other]'], node.run_list.first.name, node.run_list.class.name]
      file('#{path('x')}') { content seen.inspect }
    RUBY

    assert_converged(result)
    assert_equal([%w[c c::default c::other], %w[c::default c::other], 'recipe[c], recipe[c::other]', %w[c c::other], true,
                  true, true, false, true, 'c', 'Chef::RunList'].inspect, read('x'))
  end

  def test_a_property_may_have_the_name_of_a_word_but_not_of_a_method_of_resources
    write('cookbooks/c/resources/manage.rb', <<~'RUBY')
      unified_mode true
      property :data_bag, String, default: 'users'
      property :which, String
      action(:create) { ::File.write(new_resource.which, new_resource.data_bag) }
    RUBY
    assert_converged(converge("c_manage('x') { data_bag 'b'; which '#{path('x')}' }"))
    assert_equal('b', read('x'))

    write('cookbooks/c/resources/manage.rb', "property :notifies, String\naction(:create) {}\n")
    assert_refused(/`notifies` of resource .* overwrites an existing method/, '')
  end

  def test_a_resource_that_nothing_reaches_may_say_what_is_not_known
    write('cookbooks/c/resources/reached.rb', "unified_mode true\naction(:create) { c_further('x') }\n")
    write('cookbooks/c/resources/further.rb', "unified_mode true\naction(:create) { }\n")
    write('cookbooks/c/resources/unreached.rb', "unified_mode true\naction(:create) { of_another_cookbook 'x' }\n")
    assert_converged(converge("c_reached 'x'"))

    write('cookbooks/c/resources/further.rb', "unified_mode true\naction(:create) { of_another_cookbook 'x' }\n")
    assert_refused(/further.rb:2: `of_another_cookbook'/, "c_reached 'x'")
  end

  def test_an_action_may_notify_what_it_declares_later
    write('cookbooks/c/resources/thing.rb', <<~'RUBY')
      unified_mode true
      property :style, [String, nil], equal_to: %w[legacy]
      property :out, String
      action :create do
        out = new_resource.out
        2.times do |i|
          file "#{out}#{i}" do
            notifies :run, 'execute[later]', :delayed
          end
        end
        execute 'later' do
          command "echo later >> #{out}"
          action :nothing
        end
        raise 'set' if property_is_set?(:style) && new_resource.style
      end
    RUBY
    result = converge("c_thing('x') { style nil; out '#{path('x')}' }")

    assert_converged(result)
    assert_equal("later\n", read('x'))
  end

  def test_what_a_service_supports_may_be_an_array
    result = converge("service('s') { supports [:restart, :status]; action :nothing }\n" \
                      "raise unless find_resource!(:service, 's').supports == { restart: true, status: true }")
    assert_converged(result)
  end

  def test_an_error_never_prints_the_node
    %w[run_context node run_context.cookbooks self].each do |receiver|
      result = converge("node.default['a']['b'] = 'hunter2' * 5\n#{receiver}.nonsense\n")

      assert_equal(1, result.code)
      assert_match(/nonsense/, result.out)
      refute_includes(result.out.lines.grep(/FATAL/).join, 'hunter2')
    end
    %w[run_context node].each do |word|
      refute_includes(converge("log #{word}.inspect do\nlevel :warn\nend").out, 'ipaddress')
    end
  end
end

# frozen_string_literal: true

require_relative 'converge_case'

# What is not known fails before anything is changed.
class RefusalTest < ConvergeCase
  def test_an_unknown_resource
    assert_refused(/No resource or method named `yam_repository'/, "yam_repository 'x'")
  end

  def test_a_resource_of_chef_that_is_not_here_is_refused_by_name_where_it_is_declared
    assert_refused(/the resource `yum_repository': Chef has it/, "yum_repository 'x'")
    assert_refused(/the resource `zypper_package': Chef has it/, "declare_resource(:zypper_package, 'x')")
    write('cookbooks/c/resources/thing.rb', <<~'RUBY')
      unified_mode true
      action :create do
        windows_path('x') { action :add } if windows?
        yum_package('x') { flush_cache [:before] } unless debian?
      end
    RUBY
    assert_converged(converge("c_thing 'x'
if rhel?
  dnf_package 'x'
end
file('#{path('x')}') { only_if { macos? } }"))
  end

  def test_an_unknown_property
    assert_refused(/undefined method `contents' for Chef::Resource::File/, "file '/x' do\n  contents 'y'\nend")
  end

  def test_a_value_of_the_wrong_type
    assert_refused(/Property content must be one of: String, nil! You passed 5/, "file '/x' do\n  content 5\nend")
  end

  def test_an_unknown_action
    assert_refused(/must be equal to one of: .*You passed :creat/, "file '/x' do\n  action :creat\nend")
  end

  def test_a_notification_to_nobody
    assert_refused(/execute\[none\] cannot be found/, "file '/x' do\n  notifies :run, 'execute[none]'\nend")
  end

  def test_a_word_in_a_guard
    assert_refused(/default\.rb:3: `windoze\?' is no resource, property or word/,
                   "file '/x' do\n  only_if { windoze? }\nend")
  end

  def test_a_word_in_a_lazy_value
    assert_refused(/`nonsense' is no/, "file '/x' do\n  content lazy { nonsense }\nend")
  end

  def test_words_properties_and_constants_in_an_action
    write('cookbooks/c/resources/thing.rb', <<~'RUBY')
      unified_mode true
      property :size, Integer
      action :create do
        if new_resource.size > 5
          yam_package 'x'
          file '/never' do
            contents helper
          end
          Chef::Nothing.go
          Chef::Log.shout 'x'
          declare_resource(:zappy_package, 'x')
        end
        new_resource.sizes
      end
      action_class do
        def helper
          unheard_of
        end
      end
    RUBY
    found = converge("file '#{path('first')}'\nc_thing 'x' do\n  size 1\nend")

    assert_equal(1, found.code)
    refute_path_exists(path('first'))
    ['thing.rb:5: `yam_package', 'thing.rb:7: `contents', 'thing.rb:9: the constant Chef::Nothing',
     'thing.rb:10: Chef::Log has no `shout', 'thing.rb:11: there is no resource `zappy_package',
     'thing.rb:13: new_resource has no property `sizes', 'thing.rb:17: `unheard_of'].each do |line|
      assert_includes(found.out, line)
    end
    assert_match(/7 place\(s\)/, found.out)
  end

  def test_what_is_known_in_an_action_passes
    write('cookbooks/c/libraries/names.rb', "module Names\n  def shout(text)\n    text.upcase\n  end\nend\n")
    write('cookbooks/c/resources/thing.rb', <<~'RUBY')
      unified_mode true
      property :text, String, coerce: ->(v) { v.strip }, default: lazy { name }
      action :create do
        local = [shout(new_resource.text)].map { |one| "#{one}!" }.first
        file ::File.join(base, 'out') do
          content shout(local)
          not_if { local.empty? || base.nil? }
        end
      end
      action_class do
        include Names

        def base
          node['base']
        end
      end
    RUBY
    result = converge("c_thing 'x'", json: { 'run_list' => ['c'], 'base' => @dir })

    assert_converged(result, '2/2')
    assert_equal('X!', read('out'))
  end

  def test_a_template_with_a_syntax_error
    write('cookbooks/c/templates/t.erb', '<% if %>')
    assert_refused(/syntax error in the Ruby of this template/, "template '/x' do\n  source 't.erb'\nend")
  end

  def test_an_unknown_property_option
    write('cookbooks/c/resources/thing.rb', "property :a, String, requierd: true\naction(:run) {}\n")
    assert_refused(/property option 'requierd'/, "c_thing 'x'")
  end

  def test_a_recipe_of_a_cookbook_that_is_not_depended_on
    write('cookbooks/d/recipes/default.rb', '')
    assert_refused(/metadata does not say: depends 'd'/, "include_recipe 'd'")
  end
end

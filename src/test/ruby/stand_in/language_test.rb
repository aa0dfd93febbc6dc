# frozen_string_literal: true

require_relative 'converge_case'

class LanguageTest < ConvergeCase
  def test_a_second_converge_updates_nothing
    write('cookbooks/c/templates/t.erb', "v=<%= @v %> <%= node['os'] %>\n")
    write('cookbooks/c/files/tree/.hidden', 'h')
    write('cookbooks/c/files/tree/sub/deep', 'd')
    recipe = <<~RUBY
      directory '#{path('d')}' do
        mode '0750'
      end
      template '#{path('d/t')}' do
        source 't.erb'
        mode '0600'
        variables v: 5
      end
      remote_directory '#{path('tree')}' do
        source 'tree'
        files_mode '0640'
      end
      link '#{path('l')}' do
        to '#{path('d/t')}'
      end
      execute 'touch #{path('made')}' do
        creates '#{path('made')}'
      end
      remote_file '#{path('copy')}' do
        source 'file://#{path('d/t')}'
      end
    RUBY
    first = converge(recipe)
    second = converge

    assert_converged(first, '9/9')
    assert_converged(second, '0/8')
    assert_equal("v=5 linux\n", read('copy'))
    assert_equal(0o640, File.stat(path('tree/.hidden')).mode & 0o777)
  end

  def test_reports_in_the_words_of_chef
    result = converge("file '#{path('x')}' do\n  content \"a\\n\"\n  mode '0600'\nend\nfile '#{path('x')}'\n")

    assert_includes(result.out, <<~TEXT)
      Converging 2 resources
      Recipe: c::default
        * file[#{path('x')}] action create
          - create new file #{path('x')}
          - update content in file #{path('x')} from none to 87428f
    TEXT
    assert_includes(result.out, "    +a\n    - change mode from '' to '0600'\n")
    assert_includes(result.out, "  * file[#{path('x')}] action create (up to date)\n")
  end

  def test_notifications_run_before_immediately_and_once_at_the_end
    result = converge(<<~RUBY)
      execute('before') { command "echo before >> #{path('order')}"; action :nothing }
      execute('now') { command "echo now >> #{path('order')}"; action :nothing }
      execute('end') { command "echo end >> #{path('order')}"; action :nothing }
      %w[a b].each do |name|
        file "#{path('')}\#{name}" do
          content name
          notifies :run, 'execute[end]', :delayed
        end
      end
      file '#{path('c')}' do
        notifies :run, 'execute[before]', :before
        notifies :run, 'execute[now]', :immediately
      end
      execute 'middle' do
        command "echo middle >> #{path('order')}"
      end
      execute 'subscriber' do
        command "echo subscriber >> #{path('order')}"
        subscribes :run, 'file[#{path('a')}]'
        action :nothing
      end
    RUBY

    assert_converged(result)
    assert_equal(%w[before now middle end subscriber], read('order').split)
  end

  def test_delayed_notifications_run_after_a_failure_too
    result = converge(<<~RUBY)
      execute('end') { command "touch #{path('end')}"; action :nothing }
      file('#{path('a')}') { notifies :run, 'execute[end]' }
      execute('broken') { command 'echo out; echo bad >&2; exit 7' }
      file '#{path('never')}'
    RUBY

    assert_equal(1, result.code)
    assert_path_exists(path('end'))
    refute_path_exists(path('never'))
    assert_includes(result.out, "Error executing action `run` on resource 'execute[broken]'")
    assert_includes(result.out, "# In #{path('cookbooks/c/recipes/default.rb')}")
    assert_match(/Infra Phase failed\. 2 resources updated in \d\d seconds/, result.out)
    assert_match(/FATAL: Mixlib::ShellOut::ShellCommandFailed: execute\[broken\] \(c::default line 3\) had an error/,
                 result.out)
  end

  def test_guards_are_commands_or_blocks
    result = converge(<<~RUBY)
      file('#{path('a')}') { not_if 'true' }
      file('#{path('b')}') { only_if { false } }
      file('#{path('c')}') { only_if 'test "$X" = y', environment: { 'X' => 'y' } }
      execute 'd' do
        command 'touch d'
        cwd '#{@dir}'
        not_if 'test -e d'
      end
    RUBY

    assert_converged(result, '2/4')
    assert_includes(result.out, '(skipped due to not_if)')
    refute_path_exists(path('a'))
  end

  def test_retries_and_ignored_failures
    result = converge(<<~RUBY)
      execute 'third time' do
        command "echo x >> #{path('tries')}; test $(wc -l < #{path('tries')}) -eq 3"
        retries 2
        retry_delay 0
      end
      execute 'hopeless' do
        command 'false'
        ignore_failure true
      end
      file '#{path('after')}'
    RUBY

    assert_converged(result)
    assert_path_exists(path('after'))
  end

  def test_custom_resources_converge_what_differs
    write('cookbooks/c/resources/setting.rb', <<~'RUBY')
      unified_mode true
      property :path, String, name_property: true
      property :value, String, required: true
      property :secret, String, sensitive: true, desired_state: false
      load_current_value do
        current_value_does_not_exist! unless ::File.exist?(path)
        value ::File.read(path)
      end
      action :write do
        converge_if_changed(:value) { ::File.write(new_resource.path, new_resource.value) }
        copied = file("#{new_resource.path}.copy") { content new_resource.value }
        ::File.write("#{new_resource.path}.seen", 'x') if copied.updated_by_last_action?
        return if new_resource.value == 'a'

        ::File.write("#{new_resource.path}.past", 'x')
      end
    RUBY
    one = converge("c_setting '#{path('s')}' do\n  value 'a'\nend")
    two = converge("c_setting '#{path('s')}' do\n  value 'b'\nend")
    three = converge

    assert_includes(one.out, "- create #{path('s')}\n    -   set value to \"a\"\n")
    assert_includes(two.out, "-   set value to \"b\" (was \"a\")\n")
    assert_converged(three, '0/2')
    assert_path_exists(path('s.seen'))
    assert_path_exists(path('s.past'))
  end

  def test_a_required_property_must_be_there
    write('cookbooks/c/resources/setting.rb',
          "property :value, String, required: true\naction(:write) { new_resource.value }\n")
    result = converge("c_setting 'x'")

    assert_equal(1, result.code)
    assert_includes(result.out, 'value is a required property')
  end

  def test_sensitive_content_is_not_shown
    result = converge("file '#{path('x')}' do\n  content 'hunter2'\n  sensitive true\nend\n" \
                      "execute 'e' do\n  command 'echo hunter2; false'\n  sensitive true\n  ignore_failure true\nend")

    assert_converged(result)
    refute_includes(result.out, 'hunter2')
  end

  def test_data_bags_roles_and_environments
    write('data_bags/b/item.json', JSON.generate('id' => 'item', 'v' => 'bagged'))
    write('roles/r.rb', "name 'r'\nrun_list 'recipe[c]'\ndefault_attributes 'a' => { 'role' => 'r' }\n")
    write('environments/prod.json', JSON.generate('name' => 'prod', 'override_attributes' => { 'a' => { 'env' => 'p' } }))
    result = converge(<<~RUBY, '-E', 'prod', json: { 'run_list' => ['role[r]'] })
      values = [data_bag_item('b', 'item')['v'], node['a']['role'], node['a']['env'], node.chef_environment]
      file('#{path('x')}') { content values.join(' ') }
    RUBY

    assert_converged(result)
    assert_equal('bagged r p prod', read('x'))
  end

  def test_resources_are_found_and_edited_while_compiling
    result = converge(<<~RUBY)
      file '#{path('x')}' do
        content 'old'
      end
      edit_resource!(:file, '#{path('x')}') { content 'new' }
      find_resource!(:file, '#{path('x')}').mode '0604'
      ruby_block 'later' do
        block { node.run_state['seen'] = ::File.read('#{path('x')}') }
      end
      file '#{path('y')}' do
        content lazy { node.run_state['seen'] }
      end
    RUBY

    assert_converged(result)
    assert_equal('new', read('y'))
    assert_equal(0o604, File.stat(path('x')).mode & 0o777)
  end
end

# frozen_string_literal: true

require_relative 'converge_case'

# Words that most cookbooks use.
class WordsTest < ConvergeCase
  # Each line is true, or the recipe says which is not.
  def assert_true(*lines)
    recipe = lines.map { |line| "raise #{line.inspect} unless (#{line})\n" }.join
    assert_converged(converge(recipe))
  end

  def test_the_platform_is_asked_in_every_way
    assert_true(
      'debian? && platform_family?("debian") && (debian_platform? || ubuntu_platform?) && linux?',
      '[windows?, macos?, rhel?, amazon?, suse?, fedora?, freebsd?, el?, rpm_based?, fedora_derived?, smartos?].none?',
      '[centos?, redhat?, oracle?, opensuse?, linuxmint?, darwin?].none?', 'arm? ^ intel?', '_64_bit? && !armhf?',
      '[ec2?, gce?, azure?, vagrant?].all? { |answer| answer == false }', '[true, false].include?(guest?) && !hyperv?',
      'ChefUtils.debian?(node) && ChefUtils.debian? && !ChefUtils::DSL::PlatformFamily.instance_method(:rhel?).nil?',
      'which("sh").end_with?("/sh") && which("no_such") == false && !where("sh").empty?',
      'platform_version > "9" && platform_version >= "10.4" && platform_version =~ ">= 10" && platform_version != "9.0"',
      'node["platform_version"].to_f > 9', 'includes_recipe?("c")', '!reboot_pending?',
      '!has_systemd_unit?("no_such.service")',
      'Gem::Version.new(Chef::VERSION) >= Gem::Version.new("16.0")', 'Ohai::VERSION.is_a?(String)',
      'Chef::Exceptions::UnsupportedPlatform < RuntimeError'
    )
  end

  def test_a_library_may_include_the_words
    write('cookbooks/c/libraries/l.rb', <<~'RUBY')
      module Lib
        class Asks
          include ChefUtils::DSL::PlatformFamily
          include Chef::DSL::PlatformIntrospection
          attr_reader :node

          def initialize(node)
            @node = node
          end

          def answer
            rhel? || Chef::Mixin::PowershellOut if windows?
            value_for_platform_family('debian' => 'd', 'default' => 'x')
          end
        end

        def short
          'helped'
        end
      end
      Chef::DSL::Recipe.include(Lib)
    RUBY
    assert_true('Lib::Asks.new(node).answer == "d"', 'short == "helped"')
  end

  def test_tags_are_set_and_taken_away
    assert_true('tag("a", "b").include?("a")', 'tagged?("a", "b")', 'untag("a")', '!tagged?("a") && node.tags == ["b"]',
                'node["tags"] == ["b"]')
  end

  def test_search_is_refused_with_a_clear_word
    assert_refused(/search: Chef finds nodes/, "search(:node, '*:*')")
  end

  def test_partials_aliases_and_filters_of_custom_resources
    write('cookbooks/c/resources/_common.rb', "property :common, String, default: 'shared'\n")
    write('cookbooks/c/resources/partial/_more.rb', "use 'most'\nproperty :more, String, default: 'more'\n")
    write('cookbooks/c/resources/partial/_most.rb', "property :most, String, default: 'most'\n")
    write('cookbooks/c/resources/here.rb', <<~'RUBY')
      provides :c_it, platform_family: 'debian'
      unified_mode true
      use '_common'
      use 'partial/more'
      property :out, String
      deprecated_property_alias 'old_out', 'out', 'old_out is now out'
      action(:create) { file(new_resource.out) { content [new_resource.common, new_resource.more, new_resource.most].join } }
    RUBY
    write('cookbooks/c/resources/there.rb', "provides :c_it, platform_family: 'rhel'\naction(:create) { raise }\n")
    result = converge("c_it('x') { old_out '#{path('x')}' }")

    assert_converged(result, '2/2')
    assert_equal('sharedmoremost', read('x'))
    assert_match(/WARN: old_out is now out/, result.out)
  end

  def test_methods_of_a_custom_resource_are_words_in_its_actions
    write('cookbooks/c/libraries/l.rb', "module Names\n  def shout\n    name.upcase\n  end\nend\n")
    write('cookbooks/c/resources/thing.rb', <<~'RUBY')
      unified_mode true
      include Names
      property :out, String
      def twice(text, times: 2)
        text * times
      end
      action(:create) { file(new_resource.out) { content twice(shout, times: 3) } }
    RUBY
    assert_converged(converge("c_thing('x') { out '#{path('x')}' }"))
    assert_equal('XXX', read('x'))
  end

  def test_delayed_actions_and_groups_of_notifications
    result = converge(<<~RUBY)
      execute 'late' do
        command 'echo late >> #{path('order')}'
        action :nothing
        delayed_action :run
      end
      execute('told') { command 'echo told >> #{path('order')}'; action :nothing }
      notify_group 'all' do
        notifies :run, 'execute[told]', :immediately
      end
      file '#{path('x')}' do
        notifies :run, 'notify_group[all]', :immediately
      end
      chef_sleep 0
      ruby 'script' do
        code "File.write('#{path('ruby')}', '1')"
      end
      perl('none') { code ''; action :nothing }
    RUBY

    assert_converged(result)
    assert_equal(%w[told late], read('order').split)
    assert_equal('1', read('ruby'))
  end
end

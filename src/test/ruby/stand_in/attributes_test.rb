# frozen_string_literal: true

require_relative 'converge_case'
require File.join(ConvergeCase::STAND_IN, 'lib/stand_in')

class AttributesTest < Minitest::Test
  def setup
    @node = Chef::Node.new('n')
  end

  def test_precedence_is_default_normal_override_automatic
    @node.default['a'] = 1
    @node.normal['a'] = 2
    assert_equal(2, @node['a'])
    @node.override['a'] = 3
    assert_equal(3, @node['a'])
    @node.automatic['a'] = 4
    assert_equal(4, @node['a'])
  end

  def test_arrays_unite_among_defaults_and_are_replaced_from_level_to_level
    @node.default['a'] = [1]
    @node.attributes.merge_into(:role_default, 'a' => [2])
    assert_equal([1, 2], @node['a'])
    @node.normal['a'] = [3]
    assert_equal([3], @node['a'])
  end

  def test_nil_overrides_nothing
    @node.default['a']['b'] = 1
    @node.normal['a']['b'] = nil
    assert_equal(1, @node['a']['b'])
  end

  def test_reading_is_by_string_or_symbol_and_never_writes
    @node.default['a']['b'] = { 'c' => 1 }
    assert_equal(1, @node[:a][:b][:c])
    assert_equal(1, @node.read('a', 'b', 'c'))
    assert_nil(@node.read('a', 'x', 'c'))
    assert_raises(FrozenError) { @node['a']['x'] = 1 }
    assert_raises(Chef::Exceptions::ImmutableAttributeModification) { @node['x'] = 1 }
    assert_raises(Chef::Exceptions::AttributeNotFound) { @node.read!('a', 'x') }
  end

  def test_unless_sets_only_what_is_missing
    @node.default['a'] = 1
    @node.default_unless['a'] = 2
    @node.default_unless['b']['c'] = 3
    assert_equal([1, 3], [@node['a'], @node['b']['c']])
  end

  def test_a_minimal_system_has_the_attributes_that_need_none_of_its_commands
    path = ENV.fetch('PATH')
    ENV['PATH'] = '/nowhere'
    facts = StandIn::SystemFacts.collect
    assert_equal([Socket.gethostname, nil], [facts['fqdn'], facts['network']['default_interface']])
    assert_equal({}, facts['virtualization'])
    assert_equal('linux', facts['os'])
  ensure
    ENV['PATH'] = path
  end
end

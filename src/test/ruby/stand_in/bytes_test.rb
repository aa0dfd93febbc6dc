# frozen_string_literal: true

require_relative 'converge_case'

# Commands, files and accounts speak in bytes that need not be UTF-8.
class BytesTest < ConvergeCase
  def test_a_failing_command_that_prints_latin_1_keeps_its_exit_code_and_what_it_said
    result = converge("execute 'échoue' do\n  command %q(printf 'acc\\350s refus\\351\\n' >&2; exit 3)\nend")

    assert_equal(1, result.code)
    assert_includes(result.out, "Expected process to exit with [0], but received '3'")
    assert_includes(result.out, 'STDERR: acc\xE8s refus\xE9')
    refute_includes(result.out, 'invalid byte sequence')
  end

  def test_an_error_or_a_cookbook_that_is_not_utf_8_is_shown
    result = converge("# caf\xE9\nfile '#{path('x')}'\nruby_block('à') do\n  block { raise \"\\xE9\".b }\nend\n")

    assert_equal(1, result.code)
    assert_match(/FATAL: RuntimeError: ruby_block\[à\].*\\xE9$/, result.out)
  end

  def test_content_that_is_not_utf_8_is_written_and_its_diff_shown
    write('cookbooks/c/files/latin', "caf\xE9\n")
    recipe = "file('#{path('é')}') { content \"\\xE9t\\xE9\\n\" }\ncookbook_file('#{path('latin')}') { source 'latin' }\n" \
             "file('#{path('latin')}') { content 'plain'; verify 'printf \"\\351\"' }\n"

    assert_converged(converge(recipe), '3/3')
    assert_equal("\xE9t\xE9\n".b, File.binread(path('é')))
  end

  def test_a_template_that_is_not_utf_8_is_refused_by_name
    write('cookbooks/c/templates/t.erb', "caf\xE9 <%= 1 %>\n")
    assert_refused(/t\.erb: this template is not UTF-8/, "template '/x' do\n  source 't.erb'\nend")
  end

  def test_attributes_that_are_not_utf_8_do_not_keep_the_node_from_being_saved
    assert_converged(converge("node.default['a']['b'] = [\"\\xE9\"]\nnode.default['c'] = `printf '\\351'`"))
  end
end

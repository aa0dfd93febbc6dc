# frozen_string_literal: true

require_relative 'converge_case'

class IndexTest < Minitest::Test
  FOLDER = ConvergeCase::STAND_IN

  def test_the_index_lists_every_file_of_the_stand_in
    files = Dir.glob('**/*', File::FNM_DOTMATCH, base: FOLDER).select { |name| File.file?(File.join(FOLDER, name)) }

    assert_equal(files.sort, File.readlines(File.join(FOLDER, 'index'), chomp: true))
  end

  def test_the_readme_lists_every_resource
    defined = Dir[File.join(FOLDER, 'lib/chef/resource/*.rb')].flat_map { |f| File.read(f).scan(/resource_name :(\w+)/) }
    readme = File.read(File.join(FOLDER, 'README.md'))

    missing = defined.flatten.reject { |name| readme.include?("`#{name}`") }
    assert_empty(missing)
  end
end

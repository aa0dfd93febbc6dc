# frozen_string_literal: true

unified_mode true
provides :wcssample_repository
resource_name :wcssample_repository

description 'A git repository made of files of this cookbook'

property :path, String, name_property: true,
                        description: 'Folder of the repository'
property :revision, String, required: true,
                            description: 'The tag that its only commit gets'

action :create, description: 'Write the files, commit and tag them' do
  directory new_resource.path do
    recursive true
  end

  remote_directory new_resource.path do
    source 'stack'
    files_mode '0755'
  end

  commit unless Chef::Config[:why_run] || committed?
end

action_class do
  def git(*words)
    shell_out!('git', '-c', 'user.name=wcssample', '-c', 'user.email=wcssample@localhost', *words, cwd: new_resource.path)
  end

  def committed?
    ::File.directory?(::File.join(new_resource.path, '.git')) &&
      git('status',
          '--porcelain').stdout.empty? && git('tag', '--points-at', 'HEAD').stdout.split.include?(new_resource.revision)
  end

  def commit
    converge_by("commit and tag #{new_resource.revision}") do
      git('init', '--quiet')
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message', 'Sample stack')
      git('tag', '--force', new_resource.revision)
    end
  end
end

# frozen_string_literal: true

unified_mode true
provides :wcsprov_checkout
resource_name :wcsprov_checkout

description 'A git checkout at a pinned revision, whose commit is verified where one is given'

property :path, String, name_property: true,
                        description: 'Folder of the checkout'
property :repository, String, required: true,
                              description: 'URL or path that git clones'
property :revision, String, required: true,
                            description: 'Tag, branch or commit'
property :commit, String,
         default: '',
         callbacks: { 'must be 40 hexadecimal digits' => ->(value) { value.match?(/\A(\h{40})?\z/) } },
         description: 'The commit that the revision must turn out to be'

action :sync, description: 'Clone or update, then verify' do
  directory ::File.dirname(new_resource.path) do
    recursive true
  end

  git new_resource.path do
    repository new_resource.repository
    revision new_resource.revision
    retries 2
    retry_delay 10
    action :sync
  end

  verify_commit unless new_resource.commit.empty? || Chef::Config[:why_run]
end

action_class do
  def verify_commit
    found = shell_out!('git', 'rev-parse', 'HEAD', cwd: new_resource.path).stdout.strip
    return if found == new_resource.commit

    raise "#{new_resource.repository} at #{new_resource.revision} is commit #{found}, not #{new_resource.commit}: " \
          "the revision was moved; check it and change node['wcs']['stack']['commit']"
  end
end

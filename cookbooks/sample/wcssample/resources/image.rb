# frozen_string_literal: true

unified_mode true
provides :wcssample_image
resource_name :wcssample_image

description "A container image of this machine's own busybox"

property :reference, String, name_property: true,
                             description: 'Name and tag of the image'

action :import, description: 'Import the image unless it is there' do
  unless here? || Chef::Config[:why_run]
    converge_by("import #{new_resource.reference} from /usr/bin/busybox") do
      shell_out!('tar -C /usr -c bin/busybox | docker import --change \'ENTRYPOINT ["/bin/busybox"]\' - ' \
                 "#{new_resource.reference}")
    end
  end
end

action_class do
  def here?
    !shell_out('docker', 'image', 'inspect', new_resource.reference).error?
  end
end

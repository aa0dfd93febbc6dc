# frozen_string_literal: true

unified_mode true
provides :wcsbootstrap_login
resource_name :wcsbootstrap_login

description 'A login user who has the key that the instance was launched with, and sudo'

property :user_name, String, name_property: true,
                             description: 'Name of the user'
property :groups, Array, default: [],
                         description: 'Groups to belong to, as far as they exist'
property :metadata_endpoint, String, default: '',
                                     description: 'Instance metadata service that knows the launch key; empty asks none'

action :create, description: 'Create the user and let the launch key in' do
  user new_resource.user_name do
    comment 'Wizzie Community Stack'
    home home_folder
    shell '/bin/bash'
    manage_home true
  end

  existing_groups.each do |name|
    group name do
      members [new_resource.user_name]
      append true
      action :manage
    end
  end

  # The user has no password: sudo must not ask for one.
  sudo new_resource.user_name do
    users [new_resource.user_name]
    nopasswd true
  end

  directory ::File.join(home_folder, '.ssh') do
    owner new_resource.user_name
    group new_resource.user_name
    mode '0700'
  end

  key = launch_key
  Chef::Log.warn("no launch key is known: #{new_resource.user_name} can't log in by SSH") if key.nil?

  # Keys that people add later stay.
  file ::File.join(home_folder, '.ssh/authorized_keys') do
    content "#{key}\n"
    owner new_resource.user_name
    group new_resource.user_name
    mode '0600'
    action :create_if_missing
    not_if { key.nil? }
  end
end

action_class do
  def home_folder
    "/home/#{new_resource.user_name}"
  end

  def existing_groups
    new_resource.groups.select { |name| ::File.foreach('/etc/group').any? { |line| line.start_with?("#{name}:") } }
  end

  def launch_key
    endpoint = new_resource.metadata_endpoint
    endpoint.empty? ? nil : Wcsbootstrap::InstanceMetadata.new(endpoint)['public-keys/0/openssh-key']
  end
end

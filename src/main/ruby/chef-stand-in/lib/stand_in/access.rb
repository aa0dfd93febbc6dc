# frozen_string_literal: true

module StandIn
  # Owner, group and mode of a path: what differs from what a resource wants, and setting it.
  class Access
    # Made before a path is created: what is new then counts as a change, even if it came out right.
    def initialize(path, resource)
      @path = path
      @resource = resource
      @stat = File.exist?(path) ? File.stat(path) : nil
    end

    # One description for each difference, in Chef's words.
    def changes
      [mode_change, owner_change, group_change].compact
    end

    def apply
      File.chown(wanted_uid, wanted_gid, @path) if owner_change || group_change
      File.chmod(wanted_mode, @path) if wanted_mode
    end

    def self.uid(owner)
      return owner if owner.nil? || owner.is_a?(Integer)
      return owner.to_i if owner.match?(/\A\d+\z/)

      Etc.getpwnam(owner).uid
    rescue ArgumentError
      raise Chef::Exceptions::UserIDNotFound, "cannot determine user id for '#{owner}', does the user exist on this system?"
    end

    def self.gid(group)
      return group if group.nil? || group.is_a?(Integer)
      return group.to_i if group.match?(/\A\d+\z/)

      Etc.getgrnam(group).gid
    rescue ArgumentError
      raise Chef::Exceptions::GroupIDNotFound,
            "cannot determine group id for '#{group}', does the group exist on this system?"
    end

    def self.mode(value)
      return nil if value.nil?

      (value.is_a?(Integer) ? value : Integer(value, 8)) & 0o7777
    end

    private

    attr_reader :stat

    def wanted_uid
      @wanted_uid ||= Access.uid(@resource.owner)
    end

    def wanted_gid
      @wanted_gid ||= Access.gid(@resource.group)
    end

    def wanted_mode
      Access.mode(@resource.mode)
    end

    def owner_change
      return if @resource.owner.nil? || planned? || stat&.uid == wanted_uid

      "change owner from '#{stat && name_of(:getpwuid, stat.uid)}' to '#{@resource.owner}'"
    end

    def group_change
      return if @resource.group.nil? || planned? || stat&.gid == wanted_gid

      "change group from '#{stat && name_of(:getgrgid, stat.gid)}' to '#{@resource.group}'"
    end

    # In a dry run the user may be one that the run would have created.
    def planned?
      return false unless Chef::Config[:why_run]

      wanted_uid && wanted_gid && false
    rescue Chef::Exceptions::UserIDNotFound, Chef::Exceptions::GroupIDNotFound
      true
    end

    def mode_change
      return if wanted_mode.nil? || (stat && (stat.mode & 0o7777) == wanted_mode)

      from = stat ? format('%<m>04o', m: stat.mode & 0o7777) : ''
      "change mode from '#{from}' to '#{format('%<m>04o', m: wanted_mode)}'"
    end

    def name_of(query, id)
      Etc.public_send(query, id).name
    rescue ArgumentError
      id.to_s
    end
  end

  # What a directory resource does, for the actions of those that are one.
  module Folder
    private

    def create_folder(path)
      access = Access.new(path, new_resource)
      converge_by("create new directory #{path}") { FileUtils.mkdir_p(path) } unless ::File.directory?(path)
      changes = access.changes
      converge_by(changes) { access.apply } unless changes.empty?
    end
  end
end

# frozen_string_literal: true

# The exceptions that cookbooks may raise, rescue or see in a report, under Chef's names.
class Chef
  # Chef's own family of errors.
  class Exceptions
    class ValidationFailed < ArgumentError; end
    class ConfigurationError < ArgumentError; end
    class ResourceNotFound < RuntimeError; end
    class CookbookNotFound < RuntimeError; end
    class RecipeNotFound < ArgumentError; end
    class RoleNotFound < RuntimeError; end
    class EnvironmentNotFound < RuntimeError; end
    class InvalidDataBagPath < ArgumentError; end
    class DataBagItemNotFound < RuntimeError; end
    class Package < RuntimeError; end
    class Service < RuntimeError; end
    class User < RuntimeError; end
    class Group < ArgumentError; end
    class Link < RuntimeError; end
    class Exec < RuntimeError; end
    class Reboot < RuntimeError; end
    class RebootPending < RuntimeError; end
    class EnclosingDirectoryDoesNotExist < ArgumentError; end
    class FileNotFound < RuntimeError; end
    class FileTypeMismatch < RuntimeError; end
    class ChecksumMismatch < RuntimeError; end
    class CannotDetermineNodeName < RuntimeError; end
    class ImmutableAttributeModification < NoMethodError; end
    class AttributeNotFound < RuntimeError; end
    class CommandTimeout < RuntimeError; end
    class UnsupportedAction < RuntimeError; end
    class UserIDNotFound < ArgumentError; end
    class GroupIDNotFound < ArgumentError; end
    class MissingRemoteFile < RuntimeError; end
    class UnresolvableGitReference < RuntimeError; end
    class CookbookFrozen < ArgumentError; end
    class TooManyArguments < ArgumentError; end
    class SigInt < RuntimeError; end
    class SigTerm < RuntimeError; end

    # Several failures of one converge: the run's own and those of delayed notifications.
    class MultipleFailures < RuntimeError
      attr_reader :wrapped_errors

      def initialize(errors)
        @wrapped_errors = errors
        lines = errors.map { |e| "* #{e.class} occurred: #{StandIn.text(e.message)}" }
        super("Multiple failures occurred:\n#{lines.join("\n")}")
      end
    end
  end
end

module StandIn
  # Something that Chef may well know and the stand-in does not: it is refused, never guessed.
  class Unsupported < StandardError; end

  # A wrong command line or solo.rb.
  class UsageError < StandardError; end
end

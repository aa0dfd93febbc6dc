# frozen_string_literal: true

# The exceptions that cookbooks may raise, rescue or see in a report, under Chef's names.
class Chef
  # Chef's own family of errors.
  class Exceptions
    RUNTIME_ERRORS = %i[
      AmbiguousProviderResolution AmbiguousYAMLFile Application AttributeNotFound AttributeTypeMismatch BadProxyURI
      CannotDetermineNodeName ChecksumMismatch ChildConvergeError CommandTimeout ContentLengthMismatch
      CookbookChefVersionMismatch CookbookMergingError CookbookNotFound CookbookOhaiVersionMismatch Cron
      CurrentValueDoesNotExist DataBagItemNotFound DeprecatedFeatureError DuplicateDataBagItem DuplicateRole
      EnvironmentNotFound ErlCall Exec Execute FileContentStagingError FileNotFound FileTypeMismatch
      GemRequirementConflict Ifconfig IllegalChecksumRevert InsufficientPermissions InvalidCommandOption
      InvalidRemoteGitReference InvalidResourceReference InvalidSymlink Link MissingLibrary MissingParentDirectory
      MissingRemoteFile MissingRole Mount MultipleDscResourcesFound MultipleIdentityError NoSuchAttribute
      OnlyApiVersion0SupportedForAction Override PIDFileLockfileMatch Package PrivateKeyMissing ProviderNotFound Reboot
      RebootPending RedirectLimitExceeded RequestedUIDUnavailable ResourceNotFound RestError RoleNotFound Route
      RunFailedWrappingError RunLockTimeout Script SearchIndex Service SigInt SigTerm SolrConnectionError
      UnifiedModeBeforeSubscriptionEarlierResource UnifiedModeImmediateSubscriptionEarlierResource
      UnresolvableGitReference UnsupportedAction UnsupportedPlatform User VerificationNotFound
    ].freeze
    ARGUMENT_ERRORS = %i[
      AmbiguousRunlistSpecification BootstrapCommandInputError ConfigurationError ConflictingMembersInGroup CookbookFrozen
      CookbookNotFoundInRepo CookbookVersionConflict CookbookVersionNameMismatch EnclosingDirectoryDoesNotExist Group
      GroupIDNotFound InvalidClientAttribute InvalidCookbookVersion InvalidDataBagItemID InvalidDataBagName
      InvalidDataBagPath InvalidEnvironmentPath InvalidEnvironmentRunListSpecification InvalidEventType
      InvalidHomeDirectory InvalidKeyArgument InvalidKeyAttribute InvalidPlatformVersion InvalidPolicybuilderCall
      InvalidPrivateKey InvalidRemoteFileURI InvalidResourceSpecification InvalidSearchQuery InvalidUserAttribute
      InvalidVersionConstraint KeyCommandInputError MissingKeyAttribute ObsoleteDependencySyntax RecipeNotFound
      TooManyArguments UserIDNotFound ValidationFailed
    ].freeze

    { RUNTIME_ERRORS => RuntimeError, ARGUMENT_ERRORS => ArgumentError }.each do |names, parent|
      names.each { |name| const_set(name, Class.new(parent)) }
    end
    class ImmutableAttributeModification < NoMethodError; end

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

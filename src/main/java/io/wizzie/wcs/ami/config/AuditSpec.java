package io.wizzie.wcs.ami.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the image is audited.
 *
 * @param waivers findings that are meant to be so
 */
public record AuditSpec(List<Waiver> waivers) {
  /** The IDs of all checks, which a test compares with the checks themselves. */
  public static final List<String> CHECKS =
      List.of(
          "authorized-keys",
          "empty-passwords",
          "passwords",
          "root-locked",
          "login-sudo",
          "ssh-password-login",
          "ssh-root-login",
          "ssh-host-keys",
          "private-keys",
          "aws-credentials",
          "tokens",
          "env-files",
          "credential-files",
          "shell-histories",
          "asks-for-aws-keys",
          "encrypted-file-system",
          "security-updates",
          "end-of-life-system",
          "data-collection",
          "compose-images",
          "instance-identity",
          "cloud-init-state",
          "left-over-logs",
          "left-over-files",
          "ami-virtualization",
          "ami-architecture",
          "ami-root-device",
          "ami-unencrypted",
          "ami-not-public",
          "ami-product-codes",
          "ami-source-image",
          "ami-owner",
          "ami-region",
          "ami-imds-v2",
          "ami-ena",
          "ami-volume-type",
          "ami-name");

  public AuditSpec {
    waivers = List.copyOf(waivers);
  }

  /**
   * A finding that is accepted.
   *
   * @param check ID of the check
   * @param path what the finding is about, exactly or with {@code *} and {@code **}; null for all
   *     that the check finds
   * @param reason why; it shows in the manifest
   */
  public record Waiver(String check, @Nullable String path, String reason) {}
}

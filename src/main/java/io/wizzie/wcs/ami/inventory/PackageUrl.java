package io.wizzie.wcs.ami.inventory;

import io.wizzie.wcs.ami.inventory.Inventory.ContainerImage;
import io.wizzie.wcs.ami.inventory.Inventory.DebPackage;
import io.wizzie.wcs.ami.inventory.Inventory.Gem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Package URLs, by which scanners of vulnerabilities know a component (purl-spec). */
final class PackageUrl {
  private PackageUrl() {}

  /**
   * A Debian package's.
   *
   * @param system ID of os-release, such as {@code debian}, and its version
   */
  static String of(DebPackage deb, String system, String systemVersion) {
    Map<String, String> qualifiers = new TreeMap<>();
    qualifiers.put("arch", deb.architecture());
    qualifiers.put("distro", system + "-" + systemVersion);
    if (!deb.source().equals(deb.name()) || !deb.sourceVersion().equals(deb.version())) {
      // Not in the specification, but what scanners look for: advisories name source packages.
      qualifiers.put("upstream", deb.source() + "@" + deb.sourceVersion());
    }
    String name = deb.name().toLowerCase(Locale.ROOT);
    return url("deb/" + escaped(system) + "/" + escaped(name), deb.version(), qualifiers);
  }

  /** A container image's: by digest where a registry gave it one, else by tag. */
  static String of(ContainerImage image) {
    Map<String, String> qualifiers = new TreeMap<>();
    List<String> names =
        Arrays.stream(image.repository().toLowerCase(Locale.ROOT).split("/", -1))
            .map(PackageUrl::escaped)
            .toList();
    if (image.digest() == null) {
      String version = image.tag() == null ? image.id() : image.tag();
      return url("docker/" + String.join("/", names), version, qualifiers);
    }
    qualifiers.put("repository_url", image.repository());
    if (image.tag() != null) {
      qualifiers.put("tag", image.tag());
    }
    return url("oci/" + names.get(names.size() - 1), image.digest(), qualifiers);
  }

  static String of(Gem gem) {
    Map<String, String> qualifiers = new TreeMap<>();
    if (!gem.platform().equals("ruby")) {
      qualifiers.put("platform", gem.platform());
    }
    return url("gem/" + escaped(gem.name()), gem.version(), qualifiers);
  }

  private static String url(String path, String version, Map<String, String> qualifiers) {
    StringBuilder url = new StringBuilder("pkg:").append(path).append('@').append(escaped(version));
    char separator = '?';
    for (Map.Entry<String, String> qualifier : qualifiers.entrySet()) {
      url.append(separator).append(qualifier.getKey()).append('=');
      url.append(escaped(qualifier.getValue()));
      separator = '&';
    }
    return url.toString();
  }

  /** All but RFC 3986's unreserved characters. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || "-._~".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append(String.format("%%%02X", (int) c));
      }
    }
    return escaped.toString();
  }
}

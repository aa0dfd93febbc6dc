package io.wizzie.wcs.ami.chef;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.ProvisionSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The texts of {@code solo.rb} and {@code node.json}.
 *
 * <p>chef-solo of Chef 16 and later runs in local mode, where node objects, clients and caches land
 * beside the cookbooks or beside {@code solo.rb} unless every path is set
 * (chef-config/lib/chef-config/config.rb: {@code chef_repo_path}, {@code node_path}, {@code
 * cache_path}, {@code chef_guid_path}). All that a provisioning run writes is kept below the
 * staging folder, which is removed; a bootstrap run's is kept in {@value #BOOTSTRAP_STATE}.
 */
final class SoloConfig {
  /** Folder in the image that holds the bootstrap cookbooks and their configuration. */
  static final String IMAGE_FOLDER = "/usr/local/etc/wcs/ami";

  private static final String BOOTSTRAP_STATE = "/var/lib/wcs-ami/chef";

  private SoloConfig() {}

  static String provisionSolo(BuildSpec spec) {
    ProvisionSpec provision = spec.provision();
    String folder = ProvisionConverge.STAGING_FOLDER + "/provision";
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("role_path", folder + "/roles");
    settings.put("data_bag_path", folder + "/data_bags");
    settings.put("environment_path", folder + "/environments");
    if (provision.environment() != null) {
      settings.put("environment", provision.environment());
    }
    if (provision.encryptedDataBagSecretFile() != null) {
      settings.put("encrypted_data_bag_secret", ProvisionConverge.SECRET_FILE);
    }
    List<String> cookbooks =
        IntStream.range(0, provision.cookbookPaths().size())
            .mapToObj(i -> folder + "/cookbooks-" + i)
            .toList();
    return solo("wcs-ami-builder", cookbooks, settings, ProvisionConverge.STAGING_FOLDER + "/chef");
  }

  static String bootstrapSolo() {
    List<String> cookbooks = List.of(IMAGE_FOLDER + "/bootstrap-cookbooks");
    return solo("wcs-ami-instance", cookbooks, Map.of(), BOOTSTRAP_STATE);
  }

  /**
   * Chef's own packages, unlike Cinc's, refuse to run until their license is accepted; {@code
   * chef.soloPath} may lead to either. That is not written down in /etc/chef/accepted_licenses,
   * which would be in the image.
   */
  private static String solo(
      String name, List<String> cookbooks, Map<String, String> settings, String state) {
    StringBuilder text = new StringBuilder("# frozen_string_literal: true\n\n");
    setting(text, "node_name", name);
    text.append("cookbook_path [")
        .append(cookbooks.stream().map(SoloConfig::ruby).collect(Collectors.joining(", ")))
        .append("]\n");
    settings.forEach((key, value) -> setting(text, key, value));
    setting(text, "chef_repo_path", state);
    setting(text, "node_path", state + "/nodes");
    setting(text, "cache_path", state);
    setting(text, "file_cache_path", state + "/cache");
    setting(text, "file_backup_path", state + "/backup");
    setting(text, "chef_guid_path", state + "/chef_guid");
    setting(text, "chef_license", "accept-no-persist");
    return text.toString();
  }

  private static void setting(StringBuilder text, String name, String value) {
    text.append(name).append(' ').append(ruby(value)).append('\n');
  }

  private static String ruby(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  static String node(ObjectNode attributes, List<String> runList) {
    ArrayNode items = attributes.putArray("run_list");
    runList.forEach(items::add);
    return attributes.toPrettyString() + "\n";
  }
}

package io.wizzie.wcs.ami.chef;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.ProvisionSpec;
import java.util.List;
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
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SoloConfig() {}

  static String provisionSolo(BuildSpec spec) {
    ProvisionSpec provision = spec.provision();
    String folder = ProvisionConverge.STAGING_FOLDER + "/provision";
    StringBuilder text = new StringBuilder("# frozen_string_literal: true\n\n");
    setting(text, "node_name", "wcs-ami-builder");
    text.append("cookbook_path [")
        .append(
            IntStream.range(0, provision.cookbookPaths().size())
                .mapToObj(i -> ruby(folder + "/cookbooks-" + i))
                .collect(Collectors.joining(", ")))
        .append("]\n");
    setting(text, "role_path", folder + "/roles");
    setting(text, "data_bag_path", folder + "/data_bags");
    setting(text, "environment_path", folder + "/environments");
    if (provision.environment() != null) {
      setting(text, "environment", provision.environment());
    }
    if (provision.encryptedDataBagSecretFile() != null) {
      setting(text, "encrypted_data_bag_secret", ProvisionConverge.SECRET_FILE);
    }
    paths(text, ProvisionConverge.STAGING_FOLDER + "/chef");
    license(text);
    return text.toString();
  }

  static String bootstrapSolo() {
    StringBuilder text = new StringBuilder("# frozen_string_literal: true\n\n");
    setting(text, "node_name", "wcs-ami-instance");
    text.append("cookbook_path [")
        .append(ruby(IMAGE_FOLDER + "/bootstrap-cookbooks"))
        .append("]\n");
    paths(text, BOOTSTRAP_STATE);
    license(text);
    return text.toString();
  }

  static String provisionNode(BuildSpec spec) {
    return node(spec.provision().attributes(), spec.provision().runList());
  }

  static String bootstrapNode(BuildSpec spec) {
    return node(spec.bootstrap().attributes(), spec.bootstrap().runList());
  }

  private static void paths(StringBuilder text, String folder) {
    setting(text, "chef_repo_path", folder);
    setting(text, "node_path", folder + "/nodes");
    setting(text, "cache_path", folder);
    setting(text, "file_cache_path", folder + "/cache");
    setting(text, "file_backup_path", folder + "/backup");
    setting(text, "chef_guid_path", folder + "/chef_guid");
  }

  /**
   * Chef's own packages, unlike Cinc's, refuse to run until their license is accepted; {@code
   * chef.soloPath} may lead to either. That is not written down in /etc/chef/accepted_licenses,
   * which would be in the image.
   */
  private static void license(StringBuilder text) {
    setting(text, "chef_license", "accept-no-persist");
  }

  private static void setting(StringBuilder text, String name, String value) {
    text.append(name).append(' ').append(ruby(value)).append('\n');
  }

  private static String ruby(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String node(ObjectNode attributes, List<String> runList) {
    ArrayNode items = attributes.putArray("run_list");
    runList.forEach(items::add);
    try {
      return JSON.writeValueAsString(attributes) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree could not be written", e);
    }
  }
}

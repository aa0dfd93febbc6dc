package io.wizzie.wcs.ami.chef;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Outputs in the shape of a real Chef's, each of a run that failed in its own way, with what has to
 * be said of it.
 */
public enum ChefRecording {
  IGNORED_THEN_FAILED(
      "execute[b] (action run)",
      "Error executing action `run` on resource 'execute[b]': Mixlib::ShellOut::ShellCommandFailed:"
          + " Expected process to exit with [0], but received '4'"),
  QUIET_THEN_FAILED(
      "execute[b] (action run)", "Error executing action `run` on resource 'execute[b]': Mixlib::"),
  RESCUED_THEN_FAILED(
      "service[docker] (action start)",
      "Error executing action `start` on resource 'service[docker]': Mixlib::"),
  BANNER(
      "execute[bytes] (action run)",
      "Error executing action `run` on resource 'execute[bytes]': Mixlib::"),
  NESTED(
      "execute[pull] (action run)",
      "Error executing action `run` on resource 'execute[pull]': Mixlib::"),
  SEVERAL_FAILURES(
      "execute[b] (action run)", "Error executing action `run` on resource 'execute[b]': Mixlib::"),
  NAME_OF_SEVERAL_LINES(
      "execute[set -e exit 7] (action run)",
      "Error executing action `run` on resource 'execute[set -e\nexit 7]': Mixlib::"),
  FORKED(
      "execute[b] (action run)", "Error executing action `run` on resource 'execute[b]': Mixlib::"),
  COMPILE_ERROR(
      "",
      "Recipe Compile Error in /root/.wcs-ami/chef/cache/cookbooks/t/recipes/default.rb: NameError:"
          + " undefined local variable or method `nope'"),
  COOKBOOK_MISSING(
      "",
      "Error Resolving Cookbooks for Run List: Missing Cookbooks: The following cookbooks are"
          + " required by the client but don't exist on the server: * gone"),
  EXIT_IN_RECIPE(
      "",
      "Recipe Compile Error in /root/.wcs-ami/chef/cache/cookbooks/t/recipes/default.rb:"
          + " SystemExit: exit: no licence file"),
  NOTIFIES_MISSING(
      "",
      "Chef::Exceptions::ResourceNotFound: resource execute[a] is configured to notify resource"
          + " service[gone]"),
  IGNORED_THEN_NO_BLOCK(
      "",
      "Chef::Exceptions::ResourceNotFound: resource execute[z] is configured to notify resource"
          + " service[gone]"),
  CHEF_VERSION_NOT_MET(
      "",
      "Chef::Exceptions::CookbookChefVersionMismatch: Cookbook 't' version '1.0.0' depends on chef"
          + " version >= 99"),
  EVENT_HANDLER_RAISES("", "RuntimeError: raised by a handler"),
  GEM_NOT_INSTALLABLE(
      "",
      "Mixlib::ShellOut::ShellCommandFailed: Expected process to exit with [0], but received"
          + " '17'"),
  IGNORED_THEN_KILLED("", "");

  private final String resource;
  private final String error;

  ChefRecording(String resource, String error) {
    this.resource = resource;
    this.error = error;
  }

  /** The failing resource as the first boot names it; empty when it was none. */
  public String resource() {
    return resource;
  }

  /** How the build's message begins; empty when there is nothing to say. */
  public String error() {
    return error;
  }

  public String text() {
    return read(name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  static String read(String name) {
    try (InputStream in = ChefRecording.class.getResourceAsStream("output/" + name + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

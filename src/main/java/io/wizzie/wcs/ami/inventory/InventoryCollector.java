package io.wizzie.wcs.ami.inventory;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.inventory.Inventory.ContainerImage;
import io.wizzie.wcs.ami.inventory.Inventory.DebPackage;
import io.wizzie.wcs.ami.inventory.Inventory.Gem;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.RootScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a guest what is installed in it. */
public final class InventoryCollector {
  private static final RootScript SCRIPT =
      RootScript.load(InventoryCollector.class, "inventory.sh");
  private static final String NONE = "<none>";

  private final List<DebPackage> packages = new ArrayList<>();
  private final List<ContainerImage> images = new ArrayList<>();
  private final List<Gem> gems = new ArrayList<>();
  private final List<String> kernels = new ArrayList<>();
  private String runningKernel = "";
  private boolean complete = true;
  private boolean whole;

  private InventoryCollector() {}

  /**
   * Collects.
   *
   * @param soloPath of the installed chef-solo; the Ruby that it brings is looked for beside it
   * @param timeout {@code timeouts.inventory}
   * @throws BuildException category GUEST when the guest can't tell
   */
  public static Inventory collect(RemoteShell shell, String soloPath, Duration timeout) {
    InventoryCollector collector = new InventoryCollector();
    // Line by line: the command's result keeps only the tail of a long output.
    shell.require(
        SCRIPT
            .command(timeout, "timeouts.inventory", embeddedRuby(soloPath))
            .withOnLine(collector::line),
        "Listing what is installed in the guest");
    return collector.inventory();
  }

  /** Chef's packages put it into {@code embedded}, beside the folder of their commands. */
  private static String embeddedRuby(String soloPath) {
    return soloPath.replaceFirst("/bin/[^/]+$", "") + "/embedded/bin/ruby";
  }

  private synchronized void line(String line) {
    String[] fields = line.split("\t", -1);
    switch (fields[0] + " " + fields.length) {
      case "deb 7" -> deb(fields);
      case "image 5" ->
          images.add(new ContainerImage(fields[1], named(fields[2]), named(fields[3]), fields[4]));
      case "gem 4" -> gems.add(new Gem(fields[1], fields[2], fields[3]));
      case "kernel 2" -> kernels.add(fields[1]);
      case "running 2" -> runningKernel = fields[1];
      case "unanswered 2" -> complete = false;
      case "begin 1" -> startOver();
      case "whole 1" -> whole = true;
      default -> {
        // What a command said on standard error, which is of use only when it fails.
      }
    }
  }

  /** The list comes anew when the connection was lost under it. */
  private void startOver() {
    packages.clear();
    images.clear();
    gems.clear();
    kernels.clear();
    complete = true;
    whole = false;
  }

  /** A removed package whose configuration stays is listed too. */
  private void deb(String... fields) {
    if (fields[1].equals("installed")) {
      packages.add(new DebPackage(fields[2], fields[3], fields[4], fields[5], fields[6]));
    }
  }

  private static @Nullable String named(String field) {
    return field.equals(NONE) || field.isEmpty() ? null : field;
  }

  private synchronized Inventory inventory() {
    if (!whole || packages.isEmpty()) {
      throw Category.GUEST.failure(
          "The list of what is installed in the guest broke off after "
              + packages.size()
              + " packages. Build again with -v; the guest needs dpkg-query.");
    }
    return new Inventory(packages, images, gems, kernels, runningKernel, complete);
  }
}

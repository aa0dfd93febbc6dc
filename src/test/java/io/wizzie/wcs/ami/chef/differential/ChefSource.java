package io.wizzie.wcs.ami.chef.differential;

import io.wizzie.wcs.ami.guest.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a chef-solo comes from, and how it gets into a guest. */
sealed interface ChefSource {
  /** Puts it into the guest and says where it is there. */
  String install(String instanceId) throws IOException, InterruptedException;

  /** The stand-in, a Debian package of Chef or Cinc, or a folder with {@code bin/chef-solo}. */
  static ChefSource at(Path path) {
    if (Files.isDirectory(path)) {
      return new Folder(path.toAbsolutePath().normalize());
    }
    if (path.toString().endsWith(".deb") && Files.isRegularFile(path)) {
      return new DebianPackage(path);
    }
    throw new IllegalArgumentException(
        path + " is neither a Debian package nor a folder with bin/chef-solo");
  }

  /** What the local region's base image has. */
  record StandIn() implements ChefSource {
    @Override
    public String install(String instanceId) {
      return "/opt/wcs-ami-stand-in/bin/chef-solo";
    }
  }

  /** A package for the guest's system. */
  record DebianPackage(Path file) implements ChefSource {
    @Override
    public String install(String instanceId) throws IOException, InterruptedException {
      Commands.copyIn(instanceId, file, "/root/chef.deb");
      return Commands.inGuest(
          instanceId,
          "dpkg -i /root/chef.deb >&2 && rm /root/chef.deb && "
              + "ls /opt/cinc/bin/chef-solo /opt/chef/bin/chef-solo 2>/dev/null | head -n 1");
    }
  }

  /** A folder that is put into the guest at the same path: an installation may know its own. */
  record Folder(Path path) implements ChefSource {
    @Override
    public String install(String instanceId) throws IOException, InterruptedException {
      Commands.inGuest(instanceId, "rm -rf '" + path + "' && mkdir -p '" + path.getParent() + "'");
      Commands.copyIn(instanceId, path, path.toString());
      String solo = path + "/bin/chef-solo";
      Commands.inGuest(instanceId, "chmod 0755 '" + solo + "'");
      return solo;
    }
  }
}

package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException;
import java.util.regex.Pattern;

/**
 * Tells a full disk of the guest from other failures, in strerror's words for ENOSPC and EDQUOT.
 */
public final class FullDisk {
  private static final Pattern SIGN =
      Pattern.compile("No space left on device|Disk quota exceeded|Errno::ENOSPC");
  private static final RemoteCommand LOOK =
      // Not what is made full, is far away, or, as containers' do, lies on another that is shown.
      RemoteCommand.brief(
          "for what in h i; do { timeout 20 df -P -l -$what -x overlay -x devtmpfs -x squashfs"
              + " -x iso9660 -x efivarfs; df -P -$what /; } 2> /dev/null"
              + " | awk -v what=$what '$2 ~ /^[0-9]/ && $5 + 0 >= 95 && !seen[$6]++ {"
              + " print \"The file system of \" $6 (what == \"h\" ? \" has \" $4 \" of \" $2 \" left.\""
              + " : \" has \" $4 \" of \" $2 \" inodes left.\") }'; done | sort -u");

  private FullDisk() {}

  /** Whether the output of a program says that it met one. */
  public static boolean isNamedIn(String output) {
    return SIGN.matcher(output).find();
  }

  /** A line for a message that says so, and what to change. */
  public static String remedy() {
    return "The guest's disk is full: set builder.rootVolume.volumeSize larger, or let a recipe"
        + " remove what it no longer needs.";
  }

  /** What to add to the failure of a command: empty unless its output names a full disk. */
  static String explanation(String output, RemoteShell shell) {
    if (!isNamedIn(output)) {
      return "";
    }
    String disks;
    try {
      disks = shell.run(LOOK).stdout().strip();
    } catch (BuildException unreachable) {
      // The command's own failure is what counts, and it is known.
      disks = "";
    }
    return (disks.isEmpty() ? "" : "\n" + disks) + "\n" + remedy();
  }
}

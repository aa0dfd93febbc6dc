package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.ssh.FullDisk;
import java.util.List;

/** Explains a failure by the notes that {@code converge.sh} took in the guest. */
final class GuestNotes {
  private GuestNotes() {}

  /**
   * Lines to add to a failure's first; empty when nothing explains it.
   *
   * @param notes {@code oom COUNT}, or {@code full FOLDER WHAT}, where WHAT is 1 for blocks and 2
   *     for inodes
   * @param fullDiskNamed whether chef-solo's output said that a disk is full, which may have passed
   */
  static String explain(List<String> notes, boolean fullDiskNamed) {
    StringBuilder text = new StringBuilder();
    boolean full = fullDiskNamed;
    for (String note : notes) {
      String[] words = note.split(" ", -1);
      if (words.length == 2 && words[0].equals("oom")) {
        text.append("\nThe guest ran out of memory: the kernel killed ")
            .append(words[1])
            .append(words[1].equals("1") ? " process" : " processes")
            .append(" of the converge. Try a larger instance type (builder.instanceTypes).");
      } else if (words.length == 3 && words[0].equals("full")) {
        full = true;
        text.append("\nThe file system of ")
            .append(words[1])
            .append(words[2].equals("2") ? " has no inodes left." : " has no space left.");
      }
    }
    return full ? text.append('\n').append(FullDisk.remedy()).toString() : text.toString();
  }
}

package io.wizzie.wcs.ami.chef.differential;

import io.wizzie.wcs.ami.guest.Commands;
import java.io.IOException;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a guest at one moment.
 *
 * @param states by path: type, mode, owner, and SHA-256 of the content or target of the link
 */
record GuestTree(SortedMap<String, String> states) {
  static final String ABSENT = "absent";

  /** Other file systems, such as memory and what containers in the guest see, are left out. */
  private static final String LIST =
      "find / -xdev -printf '%p\\t%y %m %u:%g %l\\n';"
          + " find / -xdev -type f -print0 | xargs -0 sha256sum";

  static GuestTree read(String instanceId) throws IOException, InterruptedException {
    TreeMap<String, String> states = new TreeMap<>();
    for (String line : Commands.inGuest(instanceId, LIST).lines().toList()) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        states.put(line.substring(0, tab), line.substring(tab + 1).strip());
      } else if (!line.startsWith("\\")) {
        // A backslash marks a name with odd letters in it. Not what was removed since it was
        // listed.
        String path = line.substring(line.indexOf("  ") + 2);
        states.computeIfPresent(path, (name, state) -> state + " " + line.substring(0, 64));
      }
    }
    return new GuestTree(states);
  }

  String state(String path) {
    return states.getOrDefault(path, ABSENT);
  }

  /** What is other than before, as it is now. */
  SortedMap<String, String> since(GuestTree before) {
    TreeSet<String> paths = new TreeSet<>(states.keySet());
    paths.addAll(before.states.keySet());
    TreeMap<String, String> changed = new TreeMap<>();
    for (String path : paths) {
      if (!Objects.equals(state(path), before.state(path))) {
        changed.put(path, state(path));
      }
    }
    return changed;
  }

  /** Whether two files have the same mode and owner. */
  static boolean sameButContent(String one, String other) {
    return one.startsWith("f ")
        && other.startsWith("f ")
        && one.substring(0, one.lastIndexOf(' '))
            .equals(other.substring(0, other.lastIndexOf(' ')));
  }
}

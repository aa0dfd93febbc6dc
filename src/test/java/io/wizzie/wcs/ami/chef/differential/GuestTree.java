package io.wizzie.wcs.ami.chef.differential;

import io.wizzie.wcs.ami.guest.Commands;
import java.io.IOException;
import java.util.Map;
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

  /** Both trees' states of the paths that either change has and that are not the same. */
  static SortedMap<String, String> differing(Map<String, String> one, Map<String, String> other) {
    TreeSet<String> paths = new TreeSet<>(one.keySet());
    paths.addAll(other.keySet());
    TreeMap<String, String> differing = new TreeMap<>();
    for (String path : paths) {
      String first = one.getOrDefault(path, "as before");
      String second = other.getOrDefault(path, "as before");
      if (!first.equals(second)) {
        differing.put(path, first + " / " + second);
      }
    }
    return differing;
  }
}

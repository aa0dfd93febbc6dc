package io.wizzie.wcs.ami.chef;

/**
 * A pattern of Ruby's {@code File.fnmatch?} without flags (fnmatch_helper and bracket in Ruby's
 * dir.c): {@code *} and {@code ?} match a slash too, a leading dot has to be written out, and a set
 * without an end matches nothing.
 */
record Fnmatch(String pattern) {
  boolean matches(String name) {
    if (name.startsWith(".") && charAt(unescaped(0)) != '.') {
      return false;
    }
    int p = 0;
    int s = 0;
    int star = -1;
    int starred = -1;
    while (true) {
      if (charAt(p) == '*') {
        while (charAt(p) == '*') {
          p++;
        }
        if (isEnd(p)) {
          return true;
        }
        star = p;
        starred = s;
        continue;
      }
      int next = s < name.length() ? after(p, name.charAt(s)) : -1;
      if (next > 0) {
        p = next;
        s++;
      } else if (s == name.length()) {
        return isEnd(p);
      } else if (star < 0) {
        return false;
      } else {
        p = star;
        s = ++starred;
      }
    }
  }

  /** The place behind what matches the character at {@code p}; -1 when that does not. */
  private int after(int p, char c) {
    if (charAt(p) == '?') {
      return p + 1;
    }
    if (charAt(p) == '[') {
      return afterSet(p + 1, c);
    }
    int plain = unescaped(p);
    return plain < pattern.length() && pattern.charAt(plain) == c ? plain + 1 : -1;
  }

  private int afterSet(int start, char c) {
    int p = start;
    boolean negated = charAt(p) == '!' || charAt(p) == '^';
    if (negated) {
      p++;
    }
    boolean found = false;
    while (charAt(p) != ']') {
      int first = charAt(p) == '\\' ? p + 1 : p;
      int last = first;
      if (charAt(first + 1) == '-' && charAt(first + 2) != ']') {
        last = charAt(first + 2) == '\\' ? first + 3 : first + 2;
      }
      if (last >= pattern.length()) {
        return -1;
      }
      char from = pattern.charAt(first);
      char to = pattern.charAt(last);
      // Both ends of a range are in it, even where it runs backwards.
      found |= c == from || c == to || (c > from && c < to);
      p = last + 1;
    }
    return found == negated ? -1 : p + 1;
  }

  /** A lone backslash at the end stands for nothing. */
  private boolean isEnd(int p) {
    return unescaped(p) == pattern.length();
  }

  private int unescaped(int p) {
    return charAt(p) == '\\' ? p + 1 : p;
  }

  /** The character there; behind the end NUL, which is in no file's name. */
  private char charAt(int p) {
    return p < pattern.length() ? pattern.charAt(p) : '\0';
  }
}

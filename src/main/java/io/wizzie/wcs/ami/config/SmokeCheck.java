package io.wizzie.wcs.ami.config;

import org.jspecify.annotations.Nullable;

/** Something that must work on an instance whose first boot is over. */
public sealed interface SmokeCheck {
  /** As people read it. */
  String describe();

  /** Something listens on the port. */
  record Tcp(int port) implements SmokeCheck {
    @Override
    public String describe() {
      return "port " + port;
    }
  }

  /**
   * A page is served.
   *
   * @param path with its query, if any
   * @param status null for any from 200 to 399
   * @param text that the page contains; null for any
   */
  record Http(int port, String path, @Nullable Integer status, @Nullable String text)
      implements SmokeCheck {
    @Override
    public String describe() {
      return "HTTP " + port + " " + path;
    }
  }

  /** A systemd unit is active. */
  record Unit(String name) implements SmokeCheck {
    @Override
    public String describe() {
      return "unit " + name;
    }
  }

  /** A command of root's shell exits 0. */
  record Command(String text) implements SmokeCheck {
    @Override
    public String describe() {
      return "command " + text;
    }
  }
}

package io.wizzie.wcs.ami.config;

import org.jspecify.annotations.Nullable;

/**
 * Something that must work on an instance whose first boot is over. The first field of a kind says
 * which it is.
 */
public sealed interface SmokeCheck {
  /** As people read it. */
  String describe();

  /** Something listens on the port. */
  record Tcp(
      @Field(value = "A port that something must listen on.", name = "tcp")
          @Field.Between({"1", "65535"})
          int port)
      implements SmokeCheck {
    @Override
    public String describe() {
      return "port " + port;
    }
  }

  /** A page is served. */
  record Http(
      @Field(value = "A port that must serve a page over HTTP.", name = "http")
          @Field.Between({"1", "65535"})
          int port,
      @Field(value = "Path of that page, with its query.", form = TextForm.HTTP_PATH)
          @Field.Default("/")
          String path,
      @Field("Its HTTP status; redirections are not followed. Without it any from 200 to 399.")
          @Field.Between({"100", "599"})
          @Nullable Integer status,
      @Field(value = "Text that the page must contain.", form = TextForm.PAGE_TEXT)
          @Nullable String text)
      implements SmokeCheck {
    @Override
    public String describe() {
      return "HTTP " + port + " " + path;
    }
  }

  /** A systemd unit is active. */
  record Unit(
      @Field(value = "A systemd unit that must be active.", name = "unit", form = TextForm.UNIT)
          String name)
      implements SmokeCheck {
    @Override
    public String describe() {
      return "unit " + name;
    }
  }

  /** A command of root's shell exits 0. */
  record Command(
      @Field(
              value = "A command of root's shell that must exit 0.",
              name = "command",
              form = TextForm.CHECK_COMMAND)
          String text)
      implements SmokeCheck {
    @Override
    public String describe() {
      return "command " + text;
    }
  }
}

package io.wizzie.wcs.ami.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A shell script of this program's resources that runs as root in the guest.
 *
 * <p>It reaches the guest on its shell's standard input, so nothing has to be put there first and
 * nothing stays. Because the shell reads the script as it goes, a script is functions only, up to a
 * last line {@code main "$@" </dev/null}: no command in it can swallow its rest.
 */
public final class RootScript {
  private final String text;

  private RootScript(String text) {
    this.text = text;
  }

  /** The script of that name beside {@code owner}. */
  public static RootScript load(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("No resource " + name + " beside " + owner.getName());
      }
      return new RootScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read the resource " + name, e);
    }
  }

  public String text() {
    return text;
  }

  /** The command that runs it with these arguments. */
  public RemoteCommand command(Duration timeout, String... arguments) {
    return RemoteCommand.of("sudo -n /bin/sh -s -- " + ShellWords.join(List.of(arguments)), timeout)
        .withStdin(stdin -> stdin.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The command that writes standard input's bytes to a file of root's, replacing it at once. */
  public static RemoteCommand writeFile(
      String path, String mode, Duration timeout, RemoteCommand.StdinWriter content) {
    String script =
        "set -e; umask 022; mkdir -p \"${1%/*}\"; umask 077; cat > \"$1.new\";"
            + " chmod \"$2\" \"$1.new\"; mv \"$1.new\" \"$1\"";
    return RemoteCommand.of(
            "sudo -n /bin/sh -c " + ShellWords.join(List.of(script, "write-file", path, mode)),
            timeout)
        .withStdin(content);
  }
}

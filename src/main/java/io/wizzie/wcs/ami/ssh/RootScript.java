package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  public void writeTo(OutputStream stdin) throws IOException {
    stdin.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The command that runs it with these arguments. */
  public RemoteCommand command(Duration timeout, String field, String... arguments) {
    return fed(RemoteCommand.of(line(arguments), timeout, field));
  }

  /** The command that runs it, and takes moments. */
  public RemoteCommand brief(String... arguments) {
    return fed(RemoteCommand.brief(line(arguments)));
  }

  private static String line(String... arguments) {
    return "sudo -n /bin/sh -s -- " + ShellWords.join(List.of(arguments));
  }

  private RemoteCommand fed(RemoteCommand command) {
    return command.withStdin(this::writeTo);
  }

  // A name of its own for each try, and its size: when a connection is lost, what it was writing
  // ends like a whole file, which must take neither the place nor the name of the next try's.
  private static final String WRITE =
      "set -e; umask 022; mkdir -p \"${1%/*}\"; umask 077; new=$(mktemp \"$1.XXXXXX\"); trap 'rm -f"
          + " \"$new\"' EXIT; trap 'exit 1' HUP INT TERM PIPE; cat > \"$new\"; [ \"$(stat -c %s"
          + " \"$new\")\" = \"$3\" ] || { echo 'Only a part arrived.' >&2; exit 1; }; chmod \"$2\""
          + " \"$new\"; mv \"$new\" \"$1\"";

  /** The command that writes a small content to a file of root's, replacing it at once. */
  public static RemoteCommand writeFile(
      String path, String mode, RemoteCommand.StdinWriter content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      content.writeTo(bytes);
    } catch (IOException e) {
      throw Category.HOST.failure("The content of " + path + " can't be read: " + e, e);
    }
    return RemoteCommand.brief(write(path, mode, bytes.size())).withStdin(bytes::writeTo);
  }

  /** The command that copies a file of this machine to one of root's, replacing it at once. */
  public static RemoteCommand copyFile(
      String path, String mode, Duration timeout, String field, Path file) {
    try {
      return RemoteCommand.of(write(path, mode, Files.size(file)), timeout, field)
          .withStdin(stdin -> Files.copy(file, stdin));
    } catch (IOException e) {
      throw Category.HOST.failure(file + " can't be read: " + e, e);
    }
  }

  private static String write(String path, String mode, long size) {
    List<String> words = List.of(WRITE, "write-file", path, mode, String.valueOf(size));
    return "sudo -n /bin/sh -c " + ShellWords.join(words);
  }
}

package io.wizzie.wcs.ami.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Random marks around a command's output. The login shell, its profile and PAM print to the same
 * streams and may end with an exit code of their own: only what stands between the marks is the
 * command's, and its exit code stands in the last one.
 */
final class CommandFrame {
  private final String begin;
  private final String end;

  CommandFrame() {
    this(UUID.randomUUID().toString());
  }

  CommandFrame(String random) {
    this.begin = "wcs-ami-begin-" + random;
    this.end = "wcs-ami-end-" + random;
  }

  /**
   * The command for the login shell, whichever that is: no word of it means anything else in fish
   * or csh. In base64, or a shell that shows what it runs would show the marks, too.
   */
  String around(String text) {
    String script =
        """
        printf '%%s\\n' %1$s; printf '%%s\\n' %1$s >&2
        /bin/sh -c %3$s
        code=$?
        printf '%%s %%s\\n' %2$s $code; printf '%%s %%s\\n' %2$s $code >&2
        exit $code
        """
            .formatted(begin, end, ShellWords.quote(text));
    return "exec /bin/sh -c 'eval \"$(echo "
        + Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8))
        + " | base64 -d)\"'";
  }

  Stream stream(Consumer<byte[]> inside) {
    return new Stream(begin + "\n", end + " ", inside);
  }

  /** One of the two streams, of which what is inside the frame is handed on. */
  static final class Stream {
    private final byte[] begin;
    private final byte[] end;
    private final Consumer<byte[]> inside;
    private final TailBuffer before = new TailBuffer(MinaShell.KEPT_OUTPUT);
    private byte[] held = new byte[0];
    private boolean begun;
    private @Nullable Integer exitCode;

    private Stream(String begin, String end, Consumer<byte[]> inside) {
      this.begin = begin.getBytes(StandardCharsets.UTF_8);
      this.end = end.getBytes(StandardCharsets.UTF_8);
      this.inside = inside;
    }

    /** Takes what arrived; holds back what may be the beginning of a mark. */
    void write(byte[] bytes) {
      if (exitCode != null) {
        return;
      }
      byte[] data = Arrays.copyOf(held, held.length + bytes.length);
      System.arraycopy(bytes, 0, data, held.length, bytes.length);
      if (!begun) {
        int at = find(begin, data);
        before.write(Arrays.copyOf(data, at));
        begun = at + begin.length <= data.length;
        data = Arrays.copyOfRange(data, begun ? at + begin.length : at, data.length);
      }
      if (begun) {
        int at = find(end, data);
        if (at > 0) {
          inside.accept(Arrays.copyOf(data, at));
        }
        data = Arrays.copyOfRange(data, at, data.length);
        exitCode = code(data);
      }
      held = data;
    }

    /** What the login shell said before the command; all that it said, if it ran none. */
    String before() {
      return before.text() + (begun ? "" : new String(held, StandardCharsets.UTF_8));
    }

    boolean begun() {
      return begun;
    }

    /** The command's exit code; null before its end. */
    @Nullable Integer exitCode() {
      return exitCode;
    }

    /** Hands on what was held back in vain. */
    void end() {
      if (begun && exitCode == null && held.length > 0) {
        inside.accept(held);
        held = new byte[0];
      }
    }

    /** The code after the whole last mark. */
    private @Nullable Integer code(byte[] data) {
      int from = end.length;
      int to = from;
      while (to < data.length && data[to] != '\n') {
        to++;
      }
      return to < data.length
          ? Integer.valueOf(new String(data, from, to - from, StandardCharsets.US_ASCII))
          : null;
    }

    /** Where the mark stands, or what may become it at the end; the length where there is none. */
    private static int find(byte[] mark, byte[] data) {
      int at = 0;
      while (at < data.length) {
        int length = Math.min(mark.length, data.length - at);
        if (Arrays.equals(data, at, at + length, mark, 0, length)) {
          break;
        }
        at++;
      }
      return at;
    }
  }
}

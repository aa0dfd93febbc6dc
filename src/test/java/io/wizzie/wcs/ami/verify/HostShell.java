package io.wizzie.wcs.ami.verify;

import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** This machine as the guest, without being root. For commands that only look. */
final class HostShell implements RemoteShell {
  @Override
  public CommandResult run(RemoteCommand command) {
    try {
      Path stderr = Files.createTempFile("wcs-ami-stderr", "");
      Process process =
          new ProcessBuilder("sh", "-c", command.text().replaceFirst("^sudo -n ", ""))
              .redirectError(stderr.toFile())
              .start();
      try (OutputStream stdin = process.getOutputStream()) {
        if (command.stdin() != null) {
          command.stdin().writeTo(stdin);
        }
      }
      String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      String errors = Files.readString(stderr);
      Files.delete(stderr);
      return new CommandResult(code, stdout, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {}
}

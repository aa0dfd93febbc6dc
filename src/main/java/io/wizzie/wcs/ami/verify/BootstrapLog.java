package io.wizzie.wcs.ami.verify;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.PrivateFiles;
import io.wizzie.wcs.ami.event.SecretMask;
import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.ShellWords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The bootstrap's log, brought here from the instance, which will soon be gone. */
record BootstrapLog(String inGuest, Path here, SecretMask mask) {
  private static final int TAIL_LINES = 25;
  // A log without end must not fill this program's memory.
  private static final int MOST_BYTES = 16 << 20;

  /**
   * Saves it. A log that can't be had is told, and is no reason to fail: it is about the image, not
   * the image.
   *
   * @return its last lines
   * @throws BuildException category HOST when it can't be written here
   */
  String save(RemoteShell shell, Consumer<String> say) {
    List<String> lines = new ArrayList<>();
    CommandResult result =
        shell.run(
            RemoteCommand.brief(
                    "sudo -n tail -c " + MOST_BYTES + " -- " + ShellWords.quote(inGuest))
                .withOnLine(lines::add));
    if (!result.succeeded()) {
      say.accept("The bootstrap's log can't be had: " + result.stderr().strip());
      return "";
    }
    try {
      PrivateFiles.createFolderOf(here);
      PrivateFiles.write(here, mask.text(String.join("\n", lines)) + "\n");
    } catch (IOException failed) {
      throw Category.HOST.failure(here + " can't be written: " + failed, failed);
    }
    Deque<String> tail = new ArrayDeque<>();
    for (String line : lines) {
      if (!line.isBlank()) {
        tail.add(line);
      }
      if (tail.size() > TAIL_LINES) {
        tail.remove();
      }
    }
    return String.join("\n", tail);
  }
}

package io.wizzie.wcs.ami.base;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.event.JsonLinesListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zip file is a file system that has no permissions. */
class PrivateFilesTest {
  private static final String WHY = "its file system can't keep a file from other users";

  private FileSystem zip;
  private Path file;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    zip = FileSystems.newFileSystem(folder.resolve("files.zip"), Map.of("create", "true"));
    file = zip.getPath("/file");
  }

  @AfterEach
  void close() throws IOException {
    zip.close();
  }

  @Test
  void saysWhichFileCannotBeKeptFromOthersAndWhy() {
    refuses(() -> PrivateFiles.createNew(file));
    refuses(() -> PrivateFiles.write(file, "a"));
    refuses(() -> PrivateFiles.replace(file, zip.getPath("/part"), new byte[1]));
    refuses(() -> PrivateFiles.open(file));
    refuses(() -> PrivateFiles.createFolder(file));
    refuses(() -> PrivateFiles.createFolders(file));
    refuses(() -> PrivateFiles.ownFolder(file));
    assertThatThrownBy(
            () -> PrivateFiles.require("It fails", () -> PrivateFiles.createFolder(file)))
        .isInstanceOf(BuildException.class)
        .hasMessage("It fails: java.nio.file.FileSystemException: /file: " + WHY);
  }

  @Test
  void anEventLogIsNotOpenedToOthersInstead() {
    assertThatThrownBy(() -> new JsonLinesListener(file, "wcs-1").close())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(WHY);
  }

  @Test
  void aMistakeOfTheProgramIsNotTheMachinesFault() {
    UnsupportedOperationException mistake = new UnsupportedOperationException();

    assertThatThrownBy(
            () ->
                PrivateFiles.require(
                    "It fails",
                    () -> {
                      throw mistake;
                    }))
        .isSameAs(mistake);
  }

  private void refuses(ThrowingCallable work) {
    assertThatThrownBy(work).isInstanceOf(IOException.class).hasMessageEndingWith(WHY);
  }
}

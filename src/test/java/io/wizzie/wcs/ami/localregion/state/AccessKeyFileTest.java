package io.wizzie.wcs.ami.localregion.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.localregion.model.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessKeyFileTest {
  @TempDir Path folder;
  private AccessKeyFile file;
  private Path credentials;

  @BeforeEach
  void inTheFolder() {
    file = new AccessKeyFile(folder.resolve("region"));
    credentials = folder.resolve("region/access/credentials");
  }

  @Test
  void theKeyIsMadeOnceAndForTheFolderAlone() {
    AccessKey key = file.key();

    assertThat(key.id()).matches("WCSLOCAL[A-Z]{12}");
    assertThat(key.secret().revealUtf8()).matches("[A-Za-z0-9_-]{40}");
    assertThat(new AccessKeyFile(folder.resolve("region")).key()).isEqualTo(key);
    assertThat(new AccessKeyFile(folder.resolve("other")).key()).isNotEqualTo(key);
    assertThat(key.toString()).doesNotContain(key.secret().revealUtf8());
  }

  @Test
  void onlyTheOwnerReadsIt() throws IOException {
    file.key();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials)))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void aKeyThatOthersCouldReadOrThatIsDamagedIsReplaced() throws IOException {
    AccessKey first = file.key();
    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-r--r--"));
    AccessKey second = file.key();
    Files.writeString(credentials, "[default]\n");
    AccessKey third = file.key();

    assertThat(second).isNotEqualTo(first);
    assertThat(third).isNotEqualTo(second);
    assertThat(file.key()).isEqualTo(third);
    onlyTheOwnerReadsIt();
  }

  @Test
  void theEndpointIsTheOneThatWasServedLast() {
    URI one = URI.create("http://127.0.0.1:1");
    URI two = URI.create("http://127.0.0.1:2");
    assertThat(file.endpoint()).isEmpty();

    file.serve(one);
    file.serve(two);
    file.serveNoMore(one);
    assertThat(file.endpoint()).hasValue(two);

    file.serveNoMore(two);
    assertThat(file.endpoint()).isEmpty();
  }
}

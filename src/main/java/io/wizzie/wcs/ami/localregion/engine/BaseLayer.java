package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files from which every base image's last layer is built. */
final class BaseLayer {
  static final String CONTAINERFILE = "Containerfile";

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  BaseLayer() {
    for (String name : new String[] {CONTAINERFILE, "prepare", "90_wcs-ami-local.cfg"}) {
      files.put(name, Bundled.read("base-image/" + name));
    }
    for (String name : Bundled.standIn()) {
      files.put("stand-in/" + name, Bundled.read("stand-in/" + name));
    }
  }

  /** Changes with any of the files. */
  String digest() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    files.forEach(
        (name, content) -> {
          all.writeBytes(name.getBytes(StandardCharsets.UTF_8));
          all.writeBytes(content);
        });
    return Sha256.of(all.toByteArray());
  }

  void write(Path context) {
    files.forEach((name, content) -> HostFiles.write(context.resolve(name), content, false));
  }
}

package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.base.PrivateFiles;
import io.wizzie.wcs.ami.base.Sha256;
import io.wizzie.wcs.ami.chef.CookbookBundle.CookbookDigest;
import io.wizzie.wcs.ami.config.BootstrapSpec;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.ProvisionSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Writes the bundle: each file once, in a fixed order. */
final class BundleWriter {
  private final TarStream tar;
  private final Set<String> folders = new HashSet<>();
  private final List<CookbookDigest> digests = new ArrayList<>();

  private BundleWriter(TarStream tar) {
    this.tar = tar;
  }

  static CookbookBundle write(BundleContents contents, BuildSpec spec, Path file)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    Files.deleteIfExists(file);
    PrivateFiles.createNew(file);
    List<CookbookDigest> cookbooks;
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE);
        OutputStream digested = new DigestOutputStream(out, digest);
        TarStream tar = new TarStream(new GZIPOutputStream(digested, 1 << 16))) {
      BundleWriter writer = new BundleWriter(tar);
      writer.provision(contents, spec);
      writer.bootstrap(contents, spec);
      cookbooks = writer.digests;
    }
    return new CookbookBundle(file, hex(digest), Files.size(file), cookbooks);
  }

  private void provision(BundleContents contents, BuildSpec spec) throws IOException {
    int index = 0;
    for (NavigableMap<String, Cookbook> folder : contents.provision().folders()) {
      String path = "provision/cookbooks-" + index++;
      folder(path);
      for (Cookbook cookbook : folder.values()) {
        cookbook("provision", path, cookbook);
      }
    }
    objects("provision/data_bags", contents.dataBags());
    objects("provision/environments", contents.environments());
    ProvisionSpec provision = spec.provision();
    text("provision/node.json", SoloConfig.node(provision.attributes(), provision.runList()));
    objects("provision/roles", contents.roles());
    text("provision/solo.rb", SoloConfig.provisionSolo(spec));
  }

  private void bootstrap(BundleContents contents, BuildSpec spec) throws IOException {
    folder("bootstrap/cookbooks");
    for (Cookbook cookbook : contents.bootstrap().all().values()) {
      cookbook("bootstrap", "bootstrap/cookbooks", cookbook);
    }
    BootstrapSpec bootstrap = spec.bootstrap();
    text("bootstrap/node.json", SoloConfig.node(bootstrap.attributes(), bootstrap.runList()));
    text("bootstrap/solo.rb", SoloConfig.bootstrapSolo());
  }

  private void cookbook(String phase, String path, Cookbook cookbook) throws IOException {
    MessageDigest digest = Sha256.digest();
    for (FileTree.Entry file : cookbook.files()) {
      String head = file.relative() + "\0" + (file.executable() ? "755" : "644") + "\0";
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      digest.update(content(path + "/" + cookbook.name(), file));
    }
    digests.add(
        new CookbookDigest(
            phase,
            cookbook.name(),
            Objects.requireNonNullElse(cookbook.version(), "unknown"),
            cookbook.files().size(),
            hex(digest)));
  }

  private void objects(String path, ChefObjects objects) throws IOException {
    // The folder is there even without content: solo.rb names it.
    folder(path);
    for (FileTree.Entry file : objects.files()) {
      content(path, file);
    }
  }

  /** Adds the file and returns its content's digest, so that each file is read once. */
  private byte[] content(String path, FileTree.Entry file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in =
        new DigestInputStream(
            // A file that a link has replaced since it was looked at is refused.
            Files.newInputStream(file.source(), LinkOption.NOFOLLOW_LINKS), digest)) {
      add(path + "/" + file.relative(), file.executable(), Files.size(file.source()), in);
    }
    return digest.digest();
  }

  private void text(String path, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(path, false, bytes.length, new ByteArrayInputStream(bytes));
  }

  private void add(String path, boolean executable, long size, InputStream content)
      throws IOException {
    folder(path.substring(0, path.lastIndexOf('/')));
    tar.file(path, executable, size, content);
  }

  private void folder(String path) throws IOException {
    if (folders.add(path)) {
      int slash = path.lastIndexOf('/');
      if (slash > 0) {
        folder(path.substring(0, slash));
      }
      tar.folder(path);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}

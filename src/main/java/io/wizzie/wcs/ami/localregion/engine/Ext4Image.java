package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.localregion.engine.CommandRunner.Outcome;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;

/**
 * Makes an ext4 file system of a tar archive, as large as its content needs, in a sparse file. It
 * has no partitions, no boot loader and no kernel that a machine could start.
 */
final class Ext4Image {
  private static final Duration TIMEOUT = Duration.ofMinutes(30);
  private static final long BLOCK = 4096;
  private static final long MIB = 1L << 20;

  /** What ext4 needs for itself: the journal, group descriptors, bitmaps. */
  private static final long OVERHEAD = 64 * MIB;

  private final CommandRunner runner;

  Ext4Image(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * Makes it.
   *
   * @param target a file, which is replaced if it exists; the archive is unpacked beside it
   */
  void make(Path tar, Path target) {
    Path tree = target.resolveSibling(target.getFileName() + ".tree");
    HostFiles.delete(tree);
    try {
      HostFiles.createFolder(tree);
      run(
          "unpack " + tar,
          List.of(
              "tar",
              "--extract",
              "--preserve-permissions",
              "--same-owner",
              "--numeric-owner",
              "--xattrs",
              "--xattrs-include=*",
              "--file",
              tar.toString(),
              "--directory",
              tree.toString()),
          "tar");
      Content content = Content.of(tree);
      HostFiles.delete(target);
      run(
          "make a file system of " + tree,
          List.of(
              "mke2fs",
              "-q",
              "-F",
              "-t",
              "ext4",
              "-b",
              Long.toString(BLOCK),
              // Nothing is set aside for root in a file system that nobody writes to.
              "-m",
              "0",
              "-J",
              "size=8",
              "-N",
              Long.toString(content.inodes()),
              "-L",
              "root",
              "-d",
              tree.toString(),
              target.toString(),
              Long.toString(content.blocks())),
          "e2fsprogs");
    } finally {
      HostFiles.delete(tree);
    }
  }

  private void run(String doing, List<String> command, String debianPackage) {
    Outcome outcome = runner.run(command, TIMEOUT);
    if (outcome.exitCode() == CommandRunner.NOT_FOUND) {
      throw new BuildException(
          Category.HOST,
          "%s is needed to export a raw image: install the package %s."
              .formatted(command.get(0), debianPackage));
    }
    if (!outcome.succeeded()) {
      throw new BuildException(
          Category.HOST,
          "%s could not %s: %s. Look for free space, and run it as root, which alone can keep the"
                  .formatted(command.get(0), doing, outcome.reason())
              + " files' owners.");
    }
  }

  /** How much of a file system a tree takes. */
  private record Content(long files, long bytes) {
    /** With some to spare, for the directory that mke2fs adds. */
    long inodes() {
      return files + files / 20 + 1024;
    }

    long blocks() {
      // Long directories and scattered files need more than their sizes say.
      return (bytes + bytes / 20 + inodes() * 256 + OVERHEAD) / BLOCK;
    }

    static Content of(Path tree) {
      long[] sums = new long[2];
      try {
        Files.walkFileTree(
            tree,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes of) {
                return count(of);
              }

              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes of) {
                return count(of);
              }

              private FileVisitResult count(BasicFileAttributes of) {
                sums[0]++;
                sums[1] += (of.size() + BLOCK - 1) / BLOCK * BLOCK;
                return FileVisitResult.CONTINUE;
              }
            });
      } catch (IOException e) {
        throw new BuildException(Category.HOST, "The files in " + tree + " can't be counted.", e);
      }
      return new Content(sums[0], sums[1]);
    }
  }
}

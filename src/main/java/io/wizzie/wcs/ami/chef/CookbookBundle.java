package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.InvalidSpecException;
import io.wizzie.wcs.ami.config.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Everything chef-solo needs in the guest, in one compressed tar: cookbooks, roles, data bags,
 * environments, {@code solo.rb} and {@code node.json}, for provisioning and for bootstrapping.
 *
 * @param file the tar.gz on this machine, mode 0600
 * @param sha256 of the file, hex
 * @param cookbooks what is inside, in order of phase and name
 */
public record CookbookBundle(
    Path file, String sha256, long sizeBytes, List<CookbookDigest> cookbooks) {
  /**
   * One cookbook as it went into the image.
   *
   * @param phase {@code provision} or {@code bootstrap}
   * @param sha256 over the sorted relative paths, modes and contents of its files, hex
   */
  public record CookbookDigest(
      String phase, String name, String version, int files, String sha256) {}

  public CookbookBundle {
    cookbooks = List.copyOf(cookbooks);
  }

  /**
   * Checks, offline, what would be bundled: every folder exists, every recipe and role of a run
   * list exists, its cookbooks have their dependencies, data bags and environments are JSON.
   *
   * @return all problems, none when it can be bundled
   */
  public static List<Problem> check(BuildSpec spec) {
    return BundleContents.read(spec).problems();
  }

  /**
   * The same for a draft, some of whose folders may be missing: nothing is concluded from that.
   *
   * @param where tells, by the path of a field, where it was written
   */
  public static List<Problem> check(BuildSpec draft, UnaryOperator<String> where) {
    return BundleContents.read(draft, where).problems();
  }

  /**
   * Writes the bundle into {@code folder} as {@code cookbooks.tar.gz}. Equal input makes an equal
   * file. Cookbooks lie in {@code provision/cookbooks-N}, one folder for each cookbook path, and
   * {@code bootstrap/cookbooks}, each named by its metadata.
   *
   * @throws InvalidSpecException when {@link #check} would find problems
   * @throws BuildException category HOST when the bundle can't be written
   */
  public static CookbookBundle write(BuildSpec spec, Path folder) {
    BundleContents contents = BundleContents.read(spec);
    if (!contents.problems().isEmpty()) {
      throw new InvalidSpecException(contents.problems());
    }
    Path file = folder.resolve("cookbooks.tar.gz");
    try {
      return BundleWriter.write(contents, spec, file);
    } catch (IOException e) {
      throw Category.HOST.failure(
          "The cookbook bundle could not be written to " + file + ": " + e.getMessage(), e);
    }
  }
}

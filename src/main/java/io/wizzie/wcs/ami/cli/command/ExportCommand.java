package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.command.LocalRegions.ImageExport;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wcs-ami export}: an image's files, to look at. */
@Command(
    name = "export",
    header = "Write the root file system of an image of the local region to a tar archive.",
    description = {
      "For looking into an image with tar, without launching it. stdout carries the path of the"
          + " archive.",
    },
    footer = {
      "wcs-ami export ami-0f3c5b2a917de4c68 --output image.tar",
      "tar -tvf image.tar",
    })
final class ExportCommand extends LocalStateCommand {
  @Parameters(paramLabel = "IMAGE", description = "The image's ID, or its name.")
  private @Nullable String image;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "File to write; one that exists is replaced.")
  private @Nullable Path output;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Only 'local', the default: AWS has no files of an image to hand out.")
  private String region = RegionTarget.LOCAL;

  @Override
  ExitCode work() {
    if (!region.equals(RegionTarget.LOCAL)) {
      throw wrong(
          "--region: only images of the region 'local' can be exported, not of '" + region + "'");
    }
    Path target = environment().resolve(Objects.requireNonNull(output));
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(target)) {
      throw wrong("--output: '" + target + "' is not a file in a folder that exists");
    }
    ImageExport wanted = new ImageExport(Objects.requireNonNull(image), target);
    stage(
        "export",
        "Export " + image,
        progress -> {
          parts().local().export(stateFolder(), wanted, progress);
          return target;
        },
        Path::toString);
    return told(output().result().value(target.toString()));
  }
}

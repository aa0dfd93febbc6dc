package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.history.BuildRecord;
import io.wizzie.wcs.ami.history.BuildRecords;
import io.wizzie.wcs.ami.publish.LaunchableImage;
import io.wizzie.wcs.ami.publish.StackTemplate;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wcs-ami template}: the CloudFormation template that launches an image. */
@Command(
    name = "template",
    header = "Print the CloudFormation template that launches the image.",
    description = {
      "The template asks for VPC, subnet, key pair and who may connect, and launches one instance"
          + " with a security group of WCS's ports. It follows AWS Marketplace's rules for templates:"
          + " one image, by region mapping; nothing open to the world; no secret parameter; no"
          + " availability zone. Every build writes it to output/<build-id>/template.json.",
      "",
      "Without --image and --manifest, of the last build in output/. An image that no build in"
          + " output/ made is looked up in the region; product version and login user are the"
          + " configuration's then.",
    },
    footer = {
      "wcs-ami template > wcs.json",
      "wcs-ami template --image ami-0123456789abcdef0",
      "wcs-ami template --manifest made/for/ci.json",
    })
final class TemplateCommand extends ConfiguredCommand {
  @Option(names = "--image", paramLabel = "AMI", description = "The image's ID.")
  private @Nullable String image;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = "Manifest of the build that made it.")
  private @Nullable Path manifest;

  @Override
  ExitCode work() {
    String text = StackTemplate.text(image());
    return told(output().result().line(text.stripTrailing()));
  }

  private LaunchableImage image() {
    BuildRecords records = new BuildRecords(outputFolder(), environment().workingDirectory());
    if (image != null && manifest != null) {
      throw wrong("--image and --manifest exclude each other");
    } else if (manifest != null) {
      return recorded(records.read(manifest));
    } else if (image != null) {
      requireImageId(image);
      Optional<BuildRecord> record = records.ofImage(image);
      return record.isPresent() ? recorded(record.get()) : lookedUp(image);
    }
    BuildRecord newest = records.newest().orElseThrow(TemplateCommand::noBuild);
    note("Template of " + newest.imageId() + ", build " + newest.buildId() + ".");
    return recorded(newest);
  }

  private static BuildException noBuild() {
    return Category.CONFIGURATION.failure(
        "No build in output/ has made an image: pass --image or --manifest, or build one.");
  }

  private static LaunchableImage recorded(BuildRecord record) {
    int size = record.number("rootVolume", "volumeSize");
    if (size == 0) {
      throw Category.CONFIGURATION.failure(
          record.file()
              + " does not tell the root volume: an older wcs-ami wrote it. Build again.");
    }
    return new LaunchableImage(
        record.text("imageName"),
        record.text("version"),
        record.text("sourceImage", "architecture"),
        record.text("loginUser"),
        record.text("rootVolume", "deviceName"),
        size,
        new TreeMap<>(Map.of(record.text("region"), record.imageId())));
  }

  private LaunchableImage lookedUp(String imageId) {
    Inputs inputs = inputs(false);
    RegionTarget target = target(inputs);
    SourceImage image = look(where, target, region -> region.image(imageId));
    return new LaunchableImage(
        image.name(),
        inputs.spec().version(),
        image.architecture(),
        inputs.spec().ssh().user(),
        image.rootDeviceName(),
        image.rootSizeGib(),
        new TreeMap<>(Map.of(target.name(), imageId)));
  }
}

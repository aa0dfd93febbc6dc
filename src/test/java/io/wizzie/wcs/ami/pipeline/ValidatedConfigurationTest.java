package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.reader.SpecReader;
import io.wizzie.wcs.ami.config.reader.SpecReading;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.ec2.Waiter;
import io.wizzie.wcs.ami.ssh.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;

/** {@code validate} and the build's check stage come to the same verdict. */
class ValidatedConfigurationTest {
  private static final SourceImage SOURCE =
      new SourceImage("ami-source", "debian", "1", "x86_64", "/dev/xvda", 8, List.of(), null);

  /** Set anew before each try. */
  private Path folder = Path.of("");

  @BeforeTry
  void makeTheFiles() throws IOException {
    folder = Files.createTempDirectory("validated");
    Files.createDirectories(folder.resolve("cookbooks/web/recipes"));
    write("cookbooks/web/metadata.rb", "name 'web'\nversion '1.0.0'\n");
    write("cookbooks/web/recipes/default.rb", "log 'hello'\n");
    write("garbage", "nothing of the kind\n");
    write("script", "#!/bin/sh\n");
    write("package", "!<arch>\n");
    write("key", SshKeys.privateKeyFile(SshKeys.generateEd25519()).revealUtf8());
  }

  @AfterTry
  void removeTheFiles() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Property(tries = 200)
  void holdsForTheBuildToo(
      @ForAll("texts") String name,
      @ForAll("texts") String description,
      @ForAll("texts") String tag,
      @ForAll("texts") String snapshotTag,
      @ForAll("files") String userData,
      @ForAll("keys") List<String> key,
      @ForAll("files") String chefPackage,
      @ForAll("recipes") String recipe,
      @ForAll boolean agentRuns)
      throws IOException {
    ObjectNode config = JsonNodeFactory.instance.objectNode().put("version", "1.1.0");
    config.putObject("sourceImage").put("imageId", "ami-0123456789abcdef0");
    ObjectNode image = config.putObject("image").put("name", name).put("description", description);
    image.putObject("tags").put("meta", tag);
    image.putObject("snapshotTags").put("meta", snapshotTag);
    ObjectNode builder = config.putObject("builder");
    builder.putArray("sourceCidrs").add("198.51.100.7/32");
    named(builder, "userDataFile", userData);
    named(config.putObject("chef").putObject("package"), "file", chefPackage);
    ObjectNode ssh = config.putObject("ssh");
    named(ssh, "keyName", key.get(0));
    named(ssh, "privateKeyFile", key.get(1));
    ssh.put("agent", key.get(2).equals("agent"));
    ObjectNode provision = config.putObject("provision");
    provision.putArray("cookbookPaths").add("cookbooks");
    provision.putArray("runList").add(recipe);
    write("c.json", config.toString());

    String agentSocket = agentRuns ? "/run/agent" : null;
    SpecReading reading =
        SpecReader.examine(List.of(folder.resolve("c.json")), List.of(), "eu-west-1");
    List<Problem> found = InputChecks.check(reading, agentSocket);

    // What the reader refuses no build gets to see.
    if (reading.problems().isEmpty()) {
      String refusal = refusalOfTheBuild(reading.draft(), agentSocket);
      assertThat(refusal == null).as("%s: %s", found, refusal).isEqualTo(found.isEmpty());
    }
  }

  private @Nullable String refusalOfTheBuild(BuildSpec spec, @Nullable String agentSocket) {
    BuildBench bench = new BuildBench(folder);
    bench.agentSocket = agentSocket;
    EventStream events = new EventStream(bench.time, bench.events::add);
    Assignment job =
        new Assignment(
            spec,
            bench.options(),
            bench.parts(),
            events,
            new RealGuestSteps(spec, bench.time, bench.time, events),
            new Random(1));
    Ec2Verbs ec2 =
        Ec2Verbs.over(
            bench.ec2.connection(), new Waiter(bench.time, bench.time, new Random(1), line -> {}));
    try {
      BuildPlan ignored = new CheckStage(job, ec2).run(SOURCE);
      return null;
    } catch (BuildException refused) {
      assertThat(refused.category()).isEqualTo(Category.CONFIGURATION);
      return refused.getMessage();
    }
  }

  private static void named(ObjectNode group, String field, String value) {
    if (!value.isEmpty()) {
      group.put(field, value);
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "wcs",
            "{version}",
            "{build-id}",
            "{timestamp}",
            "{",
            "}",
            "{}",
            "{{",
            "{date}",
            "\"a\"",
            " ",
            ": 1",
            "{ version }",
            "ü");
    return parts.list().ofMinSize(1).ofMaxSize(4).map(each -> "wcs" + String.join("", each));
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of("", "", "", "garbage", "script", "package", "nowhere");
  }

  @Provide
  Arbitrary<String> recipes() {
    return Arbitraries.of("recipe[web]", "recipe[web]", "recipe[web::none]", "role[none]");
  }

  /** Key pair, private key file and whether the agent has it. */
  @Provide
  Arbitrary<List<String>> keys() {
    return Arbitraries.of(
        List.of("", "", ""),
        List.of("mine", "key", ""),
        List.of("mine", "garbage", ""),
        List.of("mine", "", "agent"));
  }
}

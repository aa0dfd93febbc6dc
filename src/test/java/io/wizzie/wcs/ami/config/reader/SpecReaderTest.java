package io.wizzie.wcs.ami.config.reader;

import static io.wizzie.wcs.ami.config.SpecFiles.LEAST;
import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.config.ChefSpec;
import io.wizzie.wcs.ami.config.ImageSpec;
import io.wizzie.wcs.ami.config.SourceImageSpec;
import io.wizzie.wcs.ami.config.SpecFiles;
import io.wizzie.wcs.ami.config.SshSpec;
import io.wizzie.wcs.ami.config.TextForm;
import io.wizzie.wcs.ami.config.TimeoutsSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecReaderTest {
  @TempDir private Path folder;
  private SpecFiles files = SpecFiles.in(Path.of(""));

  @BeforeEach
  void startEmpty() {
    files = SpecFiles.in(folder);
  }

  @Test
  void fillsInTheDefaults() {
    BuildSpec spec = files.file("a.json", LEAST).read();

    // Commands without a configuration wait as long.
    assertThat(spec.timeouts()).isEqualTo(SpecReader.byDefault(TimeoutsSpec.class));

    assertThat(spec.region()).isNull();
    assertThat(spec.version()).isEqualTo("1.1.0");
    assertThat(spec.sourceImage())
        .returns("ami-0123456789abcdef0", SourceImageSpec::imageId)
        .returns(List.of(), SourceImageSpec::owners)
        .returns(Map.of(), SourceImageSpec::filters)
        .returns(false, SourceImageSpec::mostRecent)
        .returns(false, SourceImageSpec::includeDeprecated);
    assertThat(spec.builder())
        .returns(List.of("t3.medium"), BuilderSpec::instanceTypes)
        .returns(List.of(), BuilderSpec::subnetIds)
        .returns(Map.of(), BuilderSpec::subnetFilters)
        .returns(List.of(), BuilderSpec::securityGroupIds)
        .returns(List.of(), BuilderSpec::sourceCidrs)
        .returns(null, BuilderSpec::associatePublicIpAddress)
        .returns(null, BuilderSpec::iamInstanceProfile)
        .returns(new BuilderSpec.RootVolumeSpec(30, "gp3", null, null), BuilderSpec::rootVolume)
        .returns(null, BuilderSpec::userDataFile)
        .returns(Map.of(), BuilderSpec::tags)
        .returns(Duration.ofHours(2), BuilderSpec::lifetime)
        .returns(Duration.ofMinutes(5), BuilderSpec::launchTimeout)
        .returns(1, BuilderSpec::httpPutResponseHopLimit);
    assertThat(spec.ssh())
        .returns("ubuntu", SshSpec::user)
        .returns(22, SshSpec::port)
        .returns(Duration.ofMinutes(5), SshSpec::timeout)
        .returns(SshSpec.Address.AUTO, SshSpec::address)
        .returns(SshSpec.KeyType.ED25519, SshSpec::keyType)
        .returns(null, SshSpec::keyName)
        .returns(null, SshSpec::privateKeyFile)
        .returns(false, SshSpec::agent);
    assertThat(spec.chef())
        .returns("cinc", ChefSpec::product)
        .returns(null, ChefSpec::version)
        .returns(null, ChefSpec::chefPackage)
        .returns("/opt/cinc/bin/chef-solo", ChefSpec::soloPath)
        .returns(null, ChefSpec::fallbackSoloPath)
        .returns("info", ChefSpec::logLevel)
        .returns(List.of(), ChefSpec::extraArguments);
    assertThat(spec.provision().timeout()).isEqualTo(Duration.ofHours(1));
    assertThat(spec.provision().attributes()).isEmpty();
    assertThat(spec.bootstrap().logFile()).isEqualTo("/var/log/wcs-bootstrap.log");
    assertThat(spec.bootstrap().timeout()).isEqualTo(Duration.ofMinutes(30));
    assertThat(spec.image())
        .returns("wcs-{version}-{build-id}", ImageSpec::name)
        .returns("", ImageSpec::description)
        .returns(Map.of(), ImageSpec::tags)
        .returns(Map.of(), ImageSpec::snapshotTags)
        .returns(true, ImageSpec::imdsV2Only)
        .returns(Duration.ofHours(1), ImageSpec::timeout);
  }

  @Test
  void readsEveryField() {
    files.create("keys/id", "");
    files.create("user-data", "#cloud-config\n");
    files.create("secret", "");
    files.create("cookbooks/a/metadata.rb", "");
    files.create("roles/r.json", "{}");
    BuildSpec spec =
        files
            .file(
                "conf/a.json",
                """
                // A comment, a list with a comma too many, and a mark for editors.
                {
                  "$schema": "x", "region": "eu-west-1", "version": "2",
                  "sourceImage": {"owners": ["self"], "filters": {"name": ["a", "b"]},
                    "mostRecent": true, "includeDeprecated": true},
                  "builder": {"instanceTypes": ["m5.large", "t3.large",], "subnetId": "subnet-12345678",
                    "securityGroupIds": ["sg-12345678"], "associatePublicIpAddress": false,
                    "iamInstanceProfile": "p", "userDataFile": "../user-data", "tags": {"a": "b"},
                    "rootVolume": {"volumeSize": 40, "volumeType": "gp3", "iops": 4000, "throughput": 500},
                    "lifetime": "3h", "launchTimeout": "90s", "httpPutResponseHopLimit": 2},
                  "ssh": {"user": "admin", "port": 2222, "timeout": "10m", "address": "private_ip",
                    "keyType": "rsa", "keyName": "k", "privateKeyFile": "../keys/id"},
                  "chef": {"product": "chef", "version": "18.7.10", "logLevel": "debug",
                    "package": {"url": "https://example.com/a", "sha256": "%1$s"},
                    "extraArguments": ["--no-color"]},
                  "provision": {"cookbookPaths": ["../cookbooks"], "rolesPath": "../roles",
                    "dataBagsPath": "../roles", "environmentsPath": "../roles", "environment": "prod",
                    "encryptedDataBagSecretFile": "../secret", "runList": ["role[r]", "a::b"],
                    "attributes": {"x": {"y": [1, 1.50, null, true, "z"]}}, "timeout": "2h"},
                  "bootstrap": {"cookbookPaths": ["../cookbooks"], "runList": ["a"],
                    "attributes": {"b": 1}, "logFile": "/var/log/b", "timeout": "1h30m"},
                  "image": {"name": "x-{build-id}", "description": "d", "tags": {"V": "{version}"},
                    "snapshotTags": {"S": "s"}, "imdsV2Only": false, "timeout": "30m"}
                }
                """
                    .formatted(TextForm.SHA256.rule().example()))
            .read();

    assertThat(spec.region()).isEqualTo("eu-west-1");
    assertThat(spec.sourceImage())
        .returns(null, SourceImageSpec::imageId)
        .returns(List.of("self"), SourceImageSpec::owners)
        .returns(Map.of("name", List.of("a", "b")), SourceImageSpec::filters)
        .returns(true, SourceImageSpec::mostRecent)
        .returns(true, SourceImageSpec::includeDeprecated);
    assertThat(spec.builder())
        .returns(List.of("m5.large", "t3.large"), BuilderSpec::instanceTypes)
        .returns(List.of("subnet-12345678"), BuilderSpec::subnetIds)
        .returns(Map.of(), BuilderSpec::subnetFilters)
        .returns(List.of("sg-12345678"), BuilderSpec::securityGroupIds)
        .returns(List.of(), BuilderSpec::sourceCidrs)
        .returns(false, BuilderSpec::associatePublicIpAddress)
        .returns("p", BuilderSpec::iamInstanceProfile)
        .returns(new BuilderSpec.RootVolumeSpec(40, "gp3", 4000, 500), BuilderSpec::rootVolume)
        .returns(folder.resolve("user-data"), BuilderSpec::userDataFile)
        .returns(Map.of("a", "b"), BuilderSpec::tags)
        .returns(Duration.ofHours(3), BuilderSpec::lifetime)
        .returns(Duration.ofSeconds(90), BuilderSpec::launchTimeout)
        .returns(2, BuilderSpec::httpPutResponseHopLimit);
    assertThat(spec.ssh())
        .returns("admin", SshSpec::user)
        .returns(2222, SshSpec::port)
        .returns(Duration.ofMinutes(10), SshSpec::timeout)
        .returns(SshSpec.Address.PRIVATE_IP, SshSpec::address)
        .returns(SshSpec.KeyType.RSA, SshSpec::keyType)
        .returns("k", SshSpec::keyName)
        .returns(folder.resolve("keys/id"), SshSpec::privateKeyFile)
        .returns(false, SshSpec::agent);
    assertThat(spec.chef())
        .returns("chef", ChefSpec::product)
        .returns("18.7.10", ChefSpec::version)
        .returns(
            new ChefSpec.ChefPackage(
                URI.create("https://example.com/a"), null, TextForm.SHA256.rule().example()),
            ChefSpec::chefPackage)
        .returns("/opt/chef/bin/chef-solo", ChefSpec::soloPath)
        .returns(null, ChefSpec::fallbackSoloPath)
        .returns("debug", ChefSpec::logLevel)
        .returns(List.of("--no-color"), ChefSpec::extraArguments);
    assertThat(spec.provision().cookbookPaths()).containsExactly(folder.resolve("cookbooks"));
    assertThat(spec.provision().rolesPath()).isEqualTo(folder.resolve("roles"));
    assertThat(spec.provision().dataBagsPath()).isEqualTo(folder.resolve("roles"));
    assertThat(spec.provision().environmentsPath()).isEqualTo(folder.resolve("roles"));
    assertThat(spec.provision().environment()).isEqualTo("prod");
    assertThat(spec.provision().encryptedDataBagSecretFile()).isEqualTo(folder.resolve("secret"));
    assertThat(spec.provision().runList()).containsExactly("role[r]", "a::b");
    assertThat(spec.provision().attributes())
        .hasToString("{\"x\":{\"y\":[1,1.50,null,true,\"z\"]}}");
    assertThat(spec.provision().timeout()).isEqualTo(Duration.ofHours(2));
    assertThat(spec.bootstrap().cookbookPaths()).containsExactly(folder.resolve("cookbooks"));
    assertThat(spec.bootstrap().runList()).containsExactly("a");
    assertThat(spec.bootstrap().attributes()).hasToString("{\"b\":1}");
    assertThat(spec.bootstrap().logFile()).isEqualTo("/var/log/b");
    assertThat(spec.bootstrap().timeout()).isEqualTo(Duration.ofMinutes(90));
    assertThat(spec.image())
        .returns("x-{build-id}", ImageSpec::name)
        .returns("d", ImageSpec::description)
        .returns(Map.of("V", "{version}"), ImageSpec::tags)
        .returns(Map.of("S", "s"), ImageSpec::snapshotTags)
        .returns(false, ImageSpec::imdsV2Only)
        .returns(Duration.ofMinutes(30), ImageSpec::timeout);
  }

  @Test
  void laysALaterFileOverAnEarlierOne() {
    BuildSpec spec =
        files
            .file("a.json", LEAST)
            .file(
                "b.json",
                """
                {"builder": {"instanceTypes": ["m5.large", "m6i.large"], "tags": {"a": "1", "b": "1"}}}
                """)
            .file(
                "c.json",
                "{\"builder\": {\"instanceTypes\": [\"t3.large\"], \"tags\": {\"b\": \"2\"}}}")
            .read();

    assertThat(spec.builder().instanceTypes()).containsExactly("t3.large");
    assertThat(spec.builder().tags()).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void laysTheRegionOverTheFilesAndSettingsOverTheRegion() {
    files
        .file("a.json", LEAST)
        .file(
            "b.json",
            """
            {"ssh": {"user": "b"}, "image": {"description": "b"},
             "regions": {"local": {"ssh": {"user": "local", "port": 2222},
                                   "image": {"description": "local"}},
                         "eu-west-1": {"ssh": {"user": "eu"}}}}
            """)
        .file("c.json", "{\"ssh\": {\"user\": \"c\"}}")
        .set("image.description=set");

    assertThat(files.read().ssh().user()).isEqualTo("c");
    BuildSpec local = files.region("local").read();
    assertThat(local.region()).isEqualTo("local");
    assertThat(local.ssh().user()).isEqualTo("local");
    assertThat(local.ssh().port()).isEqualTo(2222);
    assertThat(local.image().description()).isEqualTo("set");
  }

  @Test
  void takesTheRegionFromTheFilesUnlessItIsChosen() {
    files.file(
        "a.json",
        """
        {"region": "eu-west-1", "version": "1", "sourceImage": {"imageId": "ami-12345678"},
         "regions": {"eu-west-1": {"ssh": {"user": "eu"}}, "local": {"ssh": {"user": "local"}},
                     "us-east-1": {"ssh": {"user": "us"}}}}
        """);

    assertThat(files.read().ssh().user()).isEqualTo("eu");
    files.set("region=us-east-1");
    assertThat(files.read().region()).isEqualTo("us-east-1");
    assertThat(files.read().ssh().user()).isEqualTo("us");
    files.region("local");
    assertThat(files.read().region()).isEqualTo("local");
    assertThat(files.read().ssh().user()).isEqualTo("local");
  }

  @Test
  void goesBackToTheDefaultForNull() {
    BuildSpec spec =
        files
            .file(
                "a.json",
                """
                {"version": "1", "sourceImage": {"imageId": "ami-12345678"},
                 "ssh": {"user": "me", "port": 23},
                 "chef": {"package": {"url": "https://example.com/a", "sha256": "%s"}},
                 "builder": {"lifetime": "3h", "tags": {"a": "1", "b": "1"}},
                 "provision": {"attributes": {"a": {"b": 1, "c": 2}}},
                 "regions": {"local": {
                   "sourceImage": {"imageId": null, "owners": ["self"], "filters": {"name": ["x"]}},
                   "ssh": null, "chef": {"package": null},
                   "builder": {"lifetime": null, "tags": {"a": null}},
                   "provision": {"attributes": {"a": {"b": null}}}}}}
                """
                    .formatted(TextForm.SHA256.rule().example()))
            .region("local")
            .read();

    assertThat(spec.sourceImage().imageId()).isNull();
    assertThat(spec.ssh().user()).isEqualTo("ubuntu");
    assertThat(spec.ssh().port()).isEqualTo(22);
    assertThat(spec.chef().chefPackage()).isNull();
    assertThat(spec.builder().lifetime()).isEqualTo(Duration.ofHours(2));
    assertThat(spec.builder().tags()).isEqualTo(Map.of("b", "1"));
    assertThat(spec.provision().attributes()).hasToString("{\"a\":{\"c\":2}}");
  }

  @Test
  void undoesWithNullOnlyWhatCameBefore() {
    files
        .file("a.json", LEAST)
        .file("b.json", "{\"builder\": {\"tags\": {\"a\": \"1\"}}}")
        .file("c.json", "{\"builder\": {\"tags\": null}}")
        .file("d.json", "{\"builder\": {\"tags\": {\"d\": \"1\"}}}")
        .set("image.tags.x=1", "image.tags=null", "image.tags.y=1");

    assertThat(files.read().builder().tags()).isEqualTo(Map.of("d", "1"));
    assertThat(files.read().image().tags()).isEqualTo(Map.of("y", "1"));
  }

  @Test
  void takesSettingsAsJsonOrAsText() {
    BuildSpec spec =
        files
            .file("a.json", LEAST)
            .set(
                "version=1.10",
                "image.description=\"in quotes\"",
                "image.tags={\"A\": \"a\"}",
                "image.tags.B=true",
                "image.tags.\"c.d\"=x=y",
                "image.name=wcs-{timestamp}",
                "ssh.port=2222",
                "image.imdsV2Only=false",
                "builder.instanceTypes=[\"t3.large\", \"m5.large\"]",
                "builder.instanceTypes.1=m6i.large",
                "builder.instanceTypes[2]=c5.large",
                "builder.sourceCidrs[0]=10.0.0.0/8",
                "provision.attributes.a.b=1",
                "provision.attributes.a.c=text",
                "provision.attributes.a.d=[1, 2]",
                "provision.attributes.a.d[1]={\"e\": null, \"f\": 3}")
            .read();

    assertThat(spec.version()).isEqualTo("1.10");
    assertThat(spec.image().description()).isEqualTo("in quotes");
    assertThat(spec.image().tags()).isEqualTo(Map.of("A", "a", "B", "true", "c.d", "x=y"));
    assertThat(spec.ssh().port()).isEqualTo(2222);
    assertThat(spec.image().imdsV2Only()).isFalse();
    assertThat(spec.builder().instanceTypes()).containsExactly("t3.large", "m6i.large", "c5.large");
    assertThat(spec.builder().sourceCidrs()).containsExactly("10.0.0.0/8");
    assertThat(spec.provision().attributes())
        .hasToString("{\"a\":{\"b\":1,\"c\":\"text\",\"d\":[1,{\"f\":3}]}}");
  }

  @Test
  void setsARegionsOverridesToo() {
    files
        .file(
            "a.json",
            """
            {"version": "1", "sourceImage": {"imageId": "ami-12345678"},
             "regions": {"local": {"ssh": {"user": "a", "port": 2222}}}}
            """)
        .region("local");

    assertThat(files.set("regions.local.ssh.user=b").read().ssh())
        .extracting(SshSpec::user, SshSpec::port)
        .containsExactly("b", 2222);
    assertThat(files.set("regions.eu-west-1.ssh.user=eu", "ssh.user=c").read().ssh().user())
        .isEqualTo("c");
    assertThat(files.set("regions.local=null").read().ssh().port()).isEqualTo(22);
    assertThat(files.set("regions={\"local\": {\"ssh\": {\"port\": 23}}}").read().ssh().port())
        .isEqualTo(23);
  }

  @Test
  void resolvesPathsOfSettingsAgainstTheWorkingFolder() {
    files.file("a.json", LEAST).set("provision.cookbookPaths=[\"src/main\"]");

    assertThat(files.read().provision().cookbookPaths())
        .containsExactly(Path.of("src/main").toAbsolutePath());
  }

  @Test
  void readsAFileWithAByteOrderMark() {
    assertThat(files.file("a.json", "\uFEFF" + LEAST).read().version()).isEqualTo("1.1.0");
  }

  @Test
  void doesWithoutAnyFile() {
    assertThat(files.set("version=1", "sourceImage.imageId=ami-12345678").read().version())
        .isEqualTo("1");
  }

  @Test
  void takesAFallbackInTheLocalRegion() {
    files
        .file("a.json", LEAST)
        .file("b.json", "{\"regions\": {\"local\": {\"chef\": {\"fallbackSoloPath\": \"/x\"}}}}");

    assertThat(files.region("local").read().chef().fallbackSoloPath()).isEqualTo("/x");
    assertThat(files.region("us-east-1").read().chef().fallbackSoloPath()).isNull();
    assertThat(
            files.region("local").set("chef.fallbackSoloPath=/y").read().chef().fallbackSoloPath())
        .isEqualTo("/y");
  }

  @Test
  void knowsWhereEachValueIsFrom() {
    Path file =
        files.create(
            "b.json",
            """
            {"version": "1", "sourceImage": {"imageId": "ami-0123456789abcdef0"},
             "provision": {"attributes": {"db": {"port": 1, "a.b": []}}},
             "builder": {"tags": {"of": "all", "in": "all"}},
             "regions": {"local": {
               "ssh": {"user": "admin"},
               "builder": {"tags": {"in": "local"}}}}}
            """);

    List<EffectiveValue> effective =
        SpecReader.examine(List.of(file), List.of("image.name=x-{version}"), "local").effective();

    assertThat(effective)
        .extracting(each -> each.path() + " = " + each.value() + " # " + each.from())
        .map(line -> line.replace(folder + "/", ""))
        .contains(
            "region = \"local\" # --region, AWS_REGION or profile",
            "version = \"1\" # b.json:1",
            "builder.tags.of = \"all\" # b.json:3",
            "builder.tags.in = \"local\" # b.json:6 (regions.local)",
            "builder.rootVolume.volumeSize = 30 # default",
            "builder.sourceCidrs = [] # default",
            "ssh.user = \"admin\" # b.json:5 (regions.local)",
            "provision.attributes.db.port = 1 # b.json:2",
            "provision.attributes.db.\"a.b\" = [] # b.json:2",
            "image.name = \"x-{version}\" # --set image.name");
    assertThat(effective)
        .filteredOn(EffectiveValue::secret)
        .extracting(EffectiveValue::names)
        .containsExactly(
            List.of("attributes", "db", "port"),
            List.of("attributes", "db", "a.b"),
            List.of("attributes"));
  }
}

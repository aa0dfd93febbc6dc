package io.wizzie.wcs.ami.config;

import static io.wizzie.wcs.ami.config.SpecFiles.LEAST;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole inputs with several things wrong, and every word that is said of them. */
class InvalidSpecTest {
  @TempDir private Path folder;
  private SpecFiles files = SpecFiles.in(Path.of(""));

  @BeforeEach
  void startEmpty() {
    files = SpecFiles.in(folder);
  }

  @Test
  void tellsOfEveryFieldOfAFile() {
    files.file(
        "a.json",
        """
        {
          "version": 1.1,
          "sourceImages": {"imageId": "ami-12345678"},
          "sourceImage": {
            "image_id": "ami-12345678",
            "owners": "self",
            "filters": {"name": "ubuntu*", "Name": ["x"]},
            "mostRecent": "yes"
          },
          "builder": {
            "instanceTypes": ["t3.medium", "t3", 5, null],
            "sourceCidrs": ["10.0.0.0/33"],
            "spotPrice": "0.1",
            "user": "ubuntu",
            "rootVolume": {"volumeSize": "30", "volumeType": "gp4", "iops": 3000.5},
            "tags": {"aws:x": "1", "ok": 1, "null": null},
            "lifetime": 120
          },
          "ssh": ["ubuntu", 22],
          "chef": {"product": "sinc", "package": "cinc.deb", "logLevel": "verbose"},
          "bootstrap": {"runList": ["recipe[a", "b::c"], "attributes": [], "timeout": "1 hour"},
          "image": {
            "name": "wcs-{{timestamp}}",
            "description": "at {timestmp}",
            "tags": {"Version": "{verison}"},
            "imdsV2Only": "true"
          },
          "regions": {"EU": {}, "local": {"region": "local", "ssh": {"port": 0}}}
        }
        """);

    assertThat(files.problems())
        .isEqualTo(
            """
            a.json:2: version: 1.1 is a number; write text, such as "1.1.0".
            a.json:3: sourceImages: unknown field; did you mean "sourceImage"?
            a.json:5: sourceImage.image_id: unknown field; did you mean "imageId"?
            a.json:6: sourceImage.owners: "self" is text; write a list, such as ["099720109477"].
            a.json:7: sourceImage.filters.name: "ubuntu*" is text; write a list, such as ["ubuntu/images/*"].
            a.json:7: sourceImage.filters: the name "Name" is not a filter of EC2, such as "name".
            a.json:8: sourceImage.mostRecent: "yes" is text; write true or false.
            a.json:11: builder.instanceTypes[1]: "t3" is not an instance type, such as "t3.medium".
            a.json:11: builder.instanceTypes[2]: 5 is a number; write text, such as "t3.medium".
            a.json:11: builder.instanceTypes[3]: null can't be an element; remove it from the list.
            a.json:12: builder.sourceCidrs[0]: "10.0.0.0/33" is not an IPv4 range: /33 is more than /32; correct the prefix length.
            a.json:13: builder.spotPrice: unknown field; valid here: BUILDER.
            a.json:14: builder.user: unknown field; did you mean "ssh.user"?
            a.json:15: builder.rootVolume.volumeSize: "30" is text; write a whole number from 1 to 65536.
            a.json:15: builder.rootVolume.volumeType: "gp4" is none of gp3, gp2, io1, io2, standard; did you mean "gp3"?
            a.json:15: builder.rootVolume.iops: 3000.5 is a number; write a whole number from 100 to 256000.
            a.json:16: builder.tags: the name "aws:x" starts with "aws:", which EC2 keeps to itself; choose another key.
            a.json:16: builder.tags.ok: 1 is a number; write text, such as "wcs".
            a.json:17: builder.lifetime: 120 is a number; write text, such as "2h".
            a.json:19: ssh: ["ubuntu",22] is a list; write an object with any of the fields user, port, timeout, address, keyType, keyName, privateKeyFile, agent.
            a.json:20: chef.product: "sinc" is none of cinc, chef; did you mean "cinc"?
            a.json:20: chef.package: "cinc.deb" is text; write an object with any of the fields url, file, sha256.
            a.json:20: chef.logLevel: "verbose" is none of info, auto, trace, debug, warn, error, fatal.
            a.json:21: bootstrap.runList[0]: "recipe[a" is not a run-list item; write recipe[cookbook], recipe[cookbook::recipe] or role[name], such as "recipe[wcsprov]".
            a.json:21: bootstrap.attributes: [] is a list; write an object of node attributes.
            a.json:21: bootstrap.timeout: "1 hour" is not a duration; write numbers with d, h, m or s, in this order, such as "30m".
            a.json:21: bootstrap.runList: ["b::c"] needs bootstrap.cookbookPaths; set it to the folders of its cookbooks.
            a.json:23: image.name: "wcs-{{timestamp}}" has Packer's {{timestamp}}; write one of {timestamp}, {version}, {build-id}.
            a.json:24: image.description: "at {timestmp}" has the unknown placeholder {timestmp}; did you mean {timestamp}?
            a.json:25: image.tags.Version: "{verison}" has the unknown placeholder {verison}; did you mean {version}?
            a.json:26: image.imdsV2Only: "true" is text; write true or false.
            a.json:28: regions: the name "EU" is not a region; write an AWS region such as us-east-1, or local.
            a.json:28: regions.local.region: unknown field; did you mean "region" at the top?
            a.json:28: regions.local.ssh.port: 0 is out of range; write a whole number from 1 to 65535.
            """
                .replace("BUILDER", names(BuilderSpec.class)));
  }

  @Test
  void tellsOfEveryContradiction() {
    files.file(
        "a.json",
        """
        {
          "sourceImage": {
            "imageId": "ami-12345678",
            "filters": {"name": ["x"]}
          },
          "builder": {
            "subnetFilters": {"vpc-id": ["vpc-1"]},
            "subnetId": "subnet-12345678",
            "securityGroupIds": ["sg-12345678"],
            "sourceCidrs": ["10.0.0.0/8"],
            "associatePublicIpAddress": false,
            "userDataFile": "not-there",
            "lifetime": "30m"
          },
          "ssh": {
            "address": "public_dns",
            "keyName": "mine"
          },
          "chef": {
            "fallbackSoloPath": "/opt/x/chef-solo",
            "package": {
              "url": "https://example.com/a.deb",
              "file": "."
            }
          },
          "provision": {
            "cookbookPaths": ["a.json", "not-there"],
            "environment": "production",
            "encryptedDataBagSecretFile": "not-there-either",
            "runList": ["role[web]"]
          },
          "bootstrap": {
            "runList": ["a", "role[b]"]
          },
          "image": {
            "name": "wcs: {version} {build-id}"
          },
          "regions": {
            "eu-west-1": {"chef": {"fallbackSoloPath": "/x"}},
            "local": {"chef": {"fallbackSoloPath": "/x"}}
          }
        }
        """);

    assertThat(files.problems())
        .isEqualTo(
            """
            a.json: version: missing, and there is no default; set the version of the product in the image, such as "1.1.0".
            a.json:4: sourceImage.filters: given together with sourceImage.imageId (a.json:3), and only one of them can hold; remove one, or set it to null.
            a.json:4: sourceImage.filters: given without sourceImage.owners, so an image that anybody published by such a name would do; set owners, such as ["099720109477"] for Canonical.
            a.json:8: builder.subnetId: given together with builder.subnetFilters (a.json:7), and only one of them can hold; remove one, or set it to null.
            a.json:10: builder.sourceCidrs: given together with builder.securityGroupIds (a.json:9), and only one of them can hold; remove one, or set it to null.
            a.json:12: builder.userDataFile: "not-there" does not exist (not-there); correct the path, or create it.
            a.json:13: builder.lifetime: "30m" doesn't fit: builder.lifetime is 30m, and ssh.timeout and provision.timeout together 1h5m; make the lifetime longer than that.
            a.json:16: ssh.address: "public_dns" can't be had while builder.associatePublicIpAddress is false (a.json:11); make that true, or this "private_ip".
            a.json:17: ssh.keyName: "mine" is an existing key pair, whose private key is needed too; set ssh.privateKeyFile, or ssh.agent to true.
            a.json:20: chef.fallbackSoloPath: "/opt/x/chef-solo" is allowed in regions.local only, since a real image needs a real Chef; move it there, or remove it.
            a.json:22: chef.package.url: "https://example.com/a.deb" is downloaded by the guest, so it must be pinned; set chef.package.sha256 to what sha256sum prints for the file.
            a.json:23: chef.package.file: given together with chef.package.url (a.json:22), and only one of them can hold; remove one, or set it to null.
            a.json:23: chef.package.file: "." is a folder; name a file in it.
            a.json:27: provision.cookbookPaths[0]: "a.json" is no folder; name the folder.
            a.json:27: provision.cookbookPaths[1]: "not-there" does not exist (not-there); correct the path, or create it.
            a.json:28: provision.environment: "production" needs provision.environmentsPath; set it to the folder that has it.
            a.json:29: provision.encryptedDataBagSecretFile: "not-there-either" does not exist (not-there-either); correct the path, or create it.
            a.json:30: provision.runList: "role[web]" needs provision.rolesPath; set it to the folder of roles.
            a.json:33: bootstrap.runList: ["a","role[b]"] needs bootstrap.cookbookPaths; set it to the folders of its cookbooks.
            a.json:33: bootstrap.runList: "role[b]" is a role, and an image has none; write its recipes.
            a.json:36: image.name: "wcs: {version} {build-id}" has characters that EC2 doesn't take in an image's name; write letters, digits, spaces and ( ) [ ] . / - ' @ _ only.
            a.json:39: regions.eu-west-1.chef.fallbackSoloPath: "/x" is allowed in regions.local only, since a real image needs a real Chef; move it there, or remove it.
            """);
  }

  @Test
  void tellsOfEverySetting() {
    files
        .file("a.json", LEAST)
        .set(
            "image",
            "imagename=x",
            "image.nam=x",
            "ssh.port=ssh",
            "ssh.timeout=5",
            "builder.instanceTypes=t3.large",
            "builder.instanceTypes.x=t3.large",
            "image.name.x=1",
            "image.tags.aws:x=1",
            "chef.package.sha256=abc",
            "builder={\"tags\": 1, \"tags\": {}}",
            "regions.EU.ssh.port=1");

    assertThat(files.problems())
        .isEqualTo(
            """
            --set image: not of the form PATH=VALUE; write for example --set image.name=wcs-{timestamp}.
            --set imagename: unknown field; did you mean "image"?
            --set image.nam: unknown field; did you mean "name"?
            --set ssh.port: "ssh" is text; write a whole number from 1 to 65535.
            --set ssh.timeout: "5" is not a duration; write numbers with d, h, m or s, in this order, such as "5m".
            --set builder.instanceTypes: "t3.large" is text; write a list, such as ["t3.medium"].
            --set builder.instanceTypes.x: builder.instanceTypes: has no "x" in it; set it as a whole to a list, such as ["t3.medium"].
            --set image.name.x: image.name: has no "x" in it; set it as a whole to text, such as "wcs-{version}-{build-id}".
            --set image.tags.aws:x: image.tags: the name "aws:x" starts with "aws:", which EC2 keeps to itself; choose another key.
            --set chef.package.sha256: "abc" is not a SHA-256; write the 64 hex digits that sha256sum prints, such as "731b4757e8de4236db48c3672cb69693b9f7f66ea902f8c728990ec38a1fdc7d".
            --set builder.tags: given twice; remove one of the two.
            --set regions.EU.ssh.port: regions: the name "EU" is not a region; write an AWS region such as us-east-1, or local.
            """);
  }

  @Test
  void tellsWhichLineIsNoJson() {
    files
        .file("comma.json", "{\n  \"version\": \"1\"\n  \"region\": \"local\"\n}\n")
        .file("quote.json", "{\n  \"version: 1\n}\n")
        .file("open.json", "{\"ssh\": {\n")
        .file("word.json", "{\"version\": one}")
        .file("rest.json", "{}\n{}")
        .file("empty.json", "// nothing\n")
        .file("null.json", "null")
        .file("list.json", "\n[]")
        .file("twice.json", "{\"ssh\": {},\n \"ssh\": {\"port\": 22,\n  \"port\": 23, \"prt\": 1}}")
        .fileThatIsNotThere("none.json")
        .fileThatIsNotThere(".");

    assertThat(files.problems())
        .isEqualTo(
            """
            comma.json:2:17: not JSON: there is no comma after the value that ends here; write one.
            quote.json:2:14: not JSON: a text goes on past the end of this line; close it with a double quote, or write \\n for a line break in it.
            open.json:2:1: not JSON: the file ends before the object or list that begins in line 1 is closed; write its closing bracket.
            word.json:1:13: not JSON: one stands for nothing; write text in double quotes, such as "one".
            rest.json:2:1: not JSON: more text after the end of the value; write exactly one object.
            empty.json:2:1: not JSON: there is no value; write exactly one object.
            null.json:1: null is no configuration; write an object, such as {}.
            list.json:2: [] is a list; write an object with any of the fields $schema, region, version, sourceImage, builder, ssh, chef, provision, bootstrap, image, audit, verify, timeouts, regions.
            twice.json:2: ssh: given twice, first in line 1; remove one of the two.
            twice.json:3: ssh.port: given twice, first in line 2; remove one of the two.
            twice.json:3: ssh.prt: unknown field; did you mean "port"?
            none.json: does not exist; correct the path, or leave --config out for config/wcs-ami.json.
            .: is a folder; name a file in it.
            """);
  }

  @Test
  void survivesWhatIsTooDeepOrTooLarge() {
    files
        .file("deep.json", "[".repeat(2000))
        .file("large.json", "{}" + " ".repeat(5 << 20))
        .fileThatIsNotThere("/dev/zero");

    assertThat(files.problems())
        .isEqualTo(
            """
            deep.json: not JSON: objects and lists are nested too deep; nest at most 1000.
            large.json: is larger than 4 MiB, which no configuration is.
            /dev/zero: is larger than 4 MiB, which no configuration is.
            """);
  }

  @Test
  void blamesTheFileAndLineThatAMergedValueCameFrom() {
    files
        .file(
            "a.json",
            "{\n  \"version\": \"1\",\n  \"sourceImage\": {\n   \"owners\": [\"self\"],\n   \"filters\": {\"name\": [\"x\"]}}}")
        .file(
            "b.json",
            "{\n\n  \"sourceImage\": {\"imageId\": \"ami-12345678\"},\n  \"builder\": {\"rootVolume\": {\"iops\": 20000}}\n}")
        .file(
            "c.json",
            "{\n  \"regions\": {\"local\": {\n    \"builder\": {\"subnetId\": \"subnet-12345678\"},\n    \"ssh\": {\"agent\": true}}}\n}")
        .set("builder.subnetFilters.\"tag:a.b\"=[\"c\"]", "builder.instanceTypes[3]=t3.large")
        .region("local");

    assertThat(files.problems())
        .isEqualTo(
            """
            b.json:3: sourceImage.imageId: given together with sourceImage.filters (a.json:5), and only one of them can hold; remove one, or set it to null.
            b.json:4: builder.rootVolume.iops: 20000 is too much for 30 GiB of gp3; write at most 15000, or enlarge the volume.
            c.json:4: ssh.agent: true has no effect without ssh.keyName, since a temporary key pair is made then; set ssh.keyName, or remove this.
            --set builder.subnetFilters."tag:a.b": builder.subnetFilters: given together with builder.subnetId (c.json:3), and only one of them can hold; remove one, or set it to null.
            --set builder.instanceTypes[3]: builder.instanceTypes: has no element 3; write an index from 0 to 1, where 1 appends.
            """);
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(files.problems())
        .isEqualTo(
            """
            configuration: version: missing, and there is no default; set the version of the product in the image, such as "1.1.0".
            configuration: sourceImage: missing, and there is no default; set its imageId, or its owners and filters.
            """);
    assertThat(files.file("a.json", "{\n  \"sourceImage\": {\"owners\": [\"self\"]}\n}").problems())
        .isEqualTo(
            """
                a.json: version: missing, and there is no default; set the version of the product in the image, such as "1.1.0".
                a.json:2: sourceImage: names no image; set its imageId, or its owners and filters.
                """);
  }

  /** What is written, but wrong or not enough, is not missing besides. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'sourceImage': {} | sourceImage: names no image; set its imageId, or its owners and filters.",
        "'sourceImage': {'imageId': null} | sourceImage: names no image; set its imageId, or its owners and filters.",
        "'sourceImage': 'ami-1' | sourceImage: 'ami-1' is text; write an object with any of the fields imageId, owners, filters, mostRecent, includeDeprecated.",
        "'sourceImage': {'image_id': 'ami-12345678'} | sourceImage.image_id: unknown field; did you mean 'imageId'?",
        "'sourceImages': {'imageId': 'ami-12345678'} | sourceImages: unknown field; did you mean 'sourceImage'?",
        "'sourceImage': {'owners': ['self'], 'filter': {'name': ['x']}} | sourceImage.filter: unknown field; did you mean 'filters'?",
        "'sourceImage': {'owners': ['self'], 'filters': {'Name': ['x']}} | sourceImage.filters: the name 'Name' is not a filter of EC2, such as 'name'.",
        "'sourceImage': {'owner': ['self'], 'filters': {'name': ['x']}} | sourceImage.owner: unknown field; did you mean 'owners'?",
        "'verison': '2', IMAGE | verison: unknown field; did you mean 'version'?",
        "'provision': {'runList': ['a'], 'cookbooksPath': ['.']}, IMAGE | provision.cookbooksPath: unknown field; did you mean 'cookbookPaths'?",
        "'provision': {'runList': ['role[a]'], 'cookbookPaths': ['.'], 'rolePath': '.'}, IMAGE | provision.rolePath: unknown field; did you mean 'rolesPath'?",
        "'chef': {'package': {'url': 'https://a/b.deb', 'sha_256': 'x'}}, IMAGE | chef.package.sha_256: unknown field; did you mean 'sha256'?",
        "'ssh': {'keyName': 'a', 'privateKeyfile': 'a'}, IMAGE | ssh.privateKeyfile: unknown field; did you mean 'privateKeyFile'?",
        "'audit': {'waivers': [{'chek': 'a', 'reason': 'meant'}]}, IMAGE | audit.waivers[0].chek: unknown field; did you mean 'check'?",
        "'verify': {'checks': [{'tpc': 80}]}, IMAGE | verify.checks[0].tpc: unknown field; did you mean 'tcp'?",
        "'builder': {'rootVolume': {'volumeType': 'io1', 'iop': 300}}, IMAGE | builder.rootVolume.iop: unknown field; did you mean 'iops'?",
      })
  void tellsOnceOfWhatIsWrittenButNotEnough(String fields, String problem) {
    String rest = problem.startsWith("verison") ? "" : "'version': '1', ";
    String text =
        "{" + rest + fields.replace("IMAGE", "'sourceImage': {'imageId': 'ami-12345678'}") + "}";

    assertThat(files.file("a.json", text.replace('\'', '"')).problems())
        .isEqualTo("a.json:1: " + problem.replace('\'', '"') + "\n");
  }

  @Test
  void tellsOfTheRegionThatWasChosen() {
    assertThat(files.file("a.json", LEAST).region("EU").problems())
        .isEqualTo(
            """
            --region, AWS_REGION or profile: "EU" is not a region; write an AWS region such as us-east-1, or local.
            """);
  }

  @Test
  void wantsNoFallbackInOtherRegionsThanTheLocalOne() {
    files.file("a.json", LEAST).set("chef.fallbackSoloPath=/x", "image.name=ab");

    assertThat(files.problems())
        .isEqualTo(
            """
            --set chef.fallbackSoloPath: "/x" is allowed in regions.local only, since a real image needs a real Chef; move it there, or remove it.
            --set image.name: "ab" becomes 2 characters long, such as "ab"; EC2 takes 3 to 128.
            """);
  }

  @Test
  void wantsAKeyPairForAKey() {
    files.create("id", "");
    files.file("a.json", LEAST).set("ssh.agent=true");
    assertThat(files.problems())
        .isEqualTo(
            """
            --set ssh.agent: true has no effect without ssh.keyName, since a temporary key pair is made then; set ssh.keyName, or remove this.
            """);
    files.set("ssh.keyName=mine");
    assertThat(files.problems()).isEmpty();
    files.set("ssh.privateKeyFile=" + folder.resolve("id"));
    assertThat(files.problems())
        .isEqualTo(
            """
            --set ssh.privateKeyFile: given together with ssh.agent (--set ssh.agent), and only one of them can hold; remove one, or set it to null.
            """);
    files.set("ssh.agent=null");
    assertThat(files.problems()).isEmpty();
    files.set("ssh.keyName=null");
    assertThat(files.problems())
        .isEqualTo(
            """
            --set ssh.privateKeyFile: "id" has no effect without ssh.keyName, since a temporary key pair is made then; set ssh.keyName, or remove this.
            """);
  }

  @Test
  void knowsWhatEc2TakesAsNamesAndTags() {
    files
        .file("a.json", LEAST)
        .set(
            "version=" + "9".repeat(60),
            "image.name=wcs-{version}-{version}-{timestamp}",
            "image.description=" + "{version}".repeat(5),
            "image.tags.Many=" + "{version} ".repeat(6).strip());
    for (int i = 0; i < 41; i++) {
      files.set("builder.tags.t" + i + "=1");
    }

    assertThat(files.problems())
        .isEqualTo(
            """
            --set image.name: "wcs-{version}-{version}-{timestamp}" becomes 140 characters long, such as "wcs-999999999999999999999999999999999999999999999999999999999999-999999999999..."; EC2 takes 3 to 128.
            --set image.description: "{version}{version}{version}{version}{version}" becomes 300 characters long, such as "99999999999999999999999999999999999999999999999999999999999999999999999999999..."; EC2 takes at most 255.
            --set image.tags.Many: "{version} {version} {version} {version} {version} {version}" becomes 365 characters long, such as "999999999999999999999999999999999999999999999999999999999999 9999999999999999..."; EC2 takes at most 256.
            --set builder.tags.t0: builder.tags: has 41 names; leave at most 40.
            """);
  }

  @Test
  void needsAPackageForAChecksum() {
    files.file("a.json", LEAST).set("chef.package.sha256=" + "0".repeat(64));

    assertThat(files.problems())
        .isEqualTo(
            """
            --set chef.package.sha256: "0000000000000000000000000000000000000000000000000000000000000000" is of no package; set chef.package.url or chef.package.file, or remove this.
            """);
  }

  @Test
  void tellsWhatASmokeCheckLacksOrHasTooMuchOf() {
    files.file(
        "wcs.json",
        """
        {"version": "1", "sourceImage": {"imageId": "ami-12345678"},
         "verify": {"checks": [
          {"tcp": 1, "unit": "a.service"},
          {"path": "/"},
          {"tcp": 70000},
          {"unit": "docker"},
          {"command": "true", "text": "x"},
          {"http": 80, "path": null, "status": 200}]}}
        """);

    assertThat(files.problems())
        .contains(
            "wcs.json:3: verify.checks[0]: checks tcp and unit; write exactly one of tcp, http,"
                + " unit, command.",
            "wcs.json:4: verify.checks[1]: checks nothing; write exactly one of",
            "wcs.json:5: verify.checks[2].tcp: 70000 is out of range",
            "wcs.json:6: verify.checks[3].unit: \"docker\" is not the name of a systemd unit",
            "wcs.json:7: verify.checks[4].text: means something beside http only; remove it.")
        .doesNotContain("checks[5]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a' 1} | 1:6: not JSON: there is no colon after a name; write 'name': value.",
        "{a: 1} | 1:2: not JSON: a name has no double quotes; write 'name': value.",
        "{'a': +1} | 1:8: not JSON: a number has a form that JSON doesn't have; write only digits,"
            + " such as 30.",
        "{'a': 01} | 1:8: not JSON: a number has a form that JSON doesn't have; write only digits,"
            + " such as 30.",
        "{'a': =} | 1:7: not JSON: = begins no value; write text in double quotes, such as 'text'.",
        "{'a': '1 | 1:9: not JSON: the file ends inside a text; close it with a double quote.",
        "{'a': [} | 1:8: not JSON: } can't close what begins in line 1; write ].",
        "{'a': '\\q'} | 1:9: not JSON: \\q is no escape; write \\\\ for a backslash in a text.",
        "{'a': 1 # x} | 1:9: not JSON: # begins no comment here; write // instead.",
        "{'a': 1 'b': 2} | 1:8: not JSON: there is no comma after the value that ends here; write"
            + " one.",
        "{'a': 1e-9999999999999} | 1:7: not JSON: a number is longer than any number here; write a"
            + " shorter one.",
        "/* | 1:3: not JSON: the file ends too early; write what is missing at its end.",
      })
  void saysInItsOwnWordsWhatIsNoJson(String text, String problem) {
    files.file("a.json", text.replace('\'', '"'));

    assertThat(files.problems()).isEqualTo("a.json:" + problem.replaceAll("'(?!t )", "\"") + "\n");
  }

  @Test
  void tellsOfNumbersWithoutEndAndHalvesOfCharacters() {
    files
        .file("a.json", "{\"ssh\": {\"port\": " + "9".repeat(2000) + "}}")
        .file("b.json", "{\"image\": {\"description\": \"\\ud800\"}}");

    assertThat(files.problems())
        .contains("a.json: not JSON: a number is longer than any number here; write a shorter one.")
        .contains("b.json:1: image.description: ")
        .contains("has half of a character (\\ud800 to \\udfff alone); write the whole one.");
  }

  @Test
  void tellsWhichSettingHasAWrongElementWithoutNamingItTwice() {
    files.file("a.json", LEAST).set("provision.runList=[\"recipe[\"]", "image={\"nam\": 1}");

    assertThat(files.problems())
        .contains("--set provision.runList[0]: \"recipe[\" is not a run-list item; ")
        .contains("--set image.nam: unknown field; did you mean \"name\"?");
  }

  private static String names(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.joining(", "));
  }
}

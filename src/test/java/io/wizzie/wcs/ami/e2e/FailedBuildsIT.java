package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Builds that fail once there is a builder. */
class FailedBuildsIT extends WorkplaceCase {
  private static final String FAILING = "provision.runList=[\"trial::fails\"]";

  @Test
  void aFailingRecipeIsNamedWithTheEndOfItsLog() throws IOException {
    Ended build = workplace.buildTrial("--output", "json", "--set", FAILING);

    assertThat(build.exitCode()).as(build.stderr()).isEqualTo(1);
    assertThat(build.stderr())
        .contains(
            "converge: failed after",
            "wcs-ami: chef-solo ended with exit code 1",
            "resource 'execute[break the build]'",
            "STDERR: this is what went wrong",
            "Everything that the build created was removed.",
            "Log: output/")
        .doesNotContain("\tat ");
    JsonNode document = new JsonMapper().readTree(build.stdout());
    assertThat(document.path("exitCode").asInt()).isEqualTo(1);
    assertThat(document.path("error").path("category").asText()).isEqualTo("guest");
    assertThat(document.path("error").path("message").asText()).contains("break the build");
    assertThat(document.path("leftovers")).isEmpty();
    assertThat(Path.of(document.path("log").asText())).exists();
    requireNothingLeft();
  }

  @Test
  void aPrivateKeyThatARecipeLeavesEndsTheBuildBeforeThereIsAnImage() {
    Ended build = workplace.buildTrial("--set", "provision.runList=[\"trial::plants\"]");

    build.requireFailed(4);
    assertThat(build.stderr())
        .contains(
            "audit: failed after",
            "private-keys: /opt/trial/planted",
            "Everything that the build created was removed.")
        .doesNotContain("Create the image");
    requireNothingLeft();
  }

  @Test
  void aWrongLoginUserIsToldFromAWrongKey() {
    Ended build =
        workplace.buildTrial("--set", "ssh.user=nobody-here", "--set", "timeouts.rejection=5s");

    build.requireFailed(1);
    assertThat(build.stderr()).contains("nobody-here", "ssh.user", "connect: failed after");
    requireNothingLeft();
  }

  @Test
  void aServerWithAnotherHostKeyIsRefused() {
    Path userData =
        workplace.write(
            "other-host-key.sh",
            """
            #cloud-boothook
            #!/bin/sh
            mkdir -p /etc/systemd/system/ssh.service.d
            cat > /etc/systemd/system/ssh.service.d/other.conf <<'END'
            [Service]
            ExecStartPre=/bin/sh -c 'rm -f /etc/ssh/ssh_host_*; ssh-keygen -A'
            END
            systemctl daemon-reload
            """);

    Ended build =
        workplace.buildTrial(
            "--set", "builder.userDataFile=" + userData, "--set", "ssh.timeout=2m");

    build.requireFailed(1);
    assertThat(build.stderr())
        .contains("wrong host key (expected SHA256:", "user data", "Nothing was sent to it.");
    requireNothingLeft();
  }

  @Test
  void aUsersOwnHostKeysDoNotDisplaceThePinnedOne() {
    Path userData =
        workplace.write(
            "own-host-key.cfg",
            """
            #cloud-config
            ssh_deletekeys: false
            ssh_genkeytypes: [ecdsa]
            ssh_keys: {ed25519_public: 'ssh-ed25519 AAAA somebody-elses'}
            """);

    Ended build =
        workplace.buildTrial("--set", "builder.userDataFile=" + userData, "--set", FAILING);

    // It gets as far as the converge.
    build.requireFailed(1);
    assertThat(build.stderr()).contains("logged in as admin", "break the build");
    requireNothingLeft();
  }

  @Test
  void aKeptBuilderCanBeLoggedInToAndRemovedAsTheMessagesSay() {
    Ended build = workplace.buildTrial("--on-error", "keep", "--set", FAILING);

    build.requireFailed(3);
    String login = single(build.stderr(), "(?m)Log in: (ssh .*)$");
    Ended inside =
        Running.run(
            List.of(
                "sh",
                "-c",
                login + " -o BatchMode=yes 'sudo cat /root/.wcs-ami/provision/node.json'"));
    assertThat(inside.requireSuccess().stdout()).contains("trial::fails");
    Path key = workplace.buildFolder().resolve("ssh_key");
    assertThat(key).exists();

    List<String> removals =
        build.stderr().lines().map(String::strip).filter(line -> line.startsWith("aws ")).toList();
    assertThat(removals).hasSize(3);
    try (Running serving = workplace.start("local", "serve")) {
      String endpoint = serving.awaitResult();
      AwsCommand aws = AwsCommand.at(endpoint, workplace.stateFolder());
      for (String removal : removals) {
        // Another port than the advised one, which may be taken on this machine.
        aws.runAdvice(removal.replace("http://127.0.0.1:4566", endpoint));
      }
      serving.stop("INT");
    }
    requireNothingLeft();
  }

  @Test
  void aBuilderWhoseCloudInitHangsIsToldOfWithWhereItHangs() {
    Path userData = workplace.write("hangs.cfg", "#cloud-config\nruncmd: [[sleep, '654']]\n");

    Ended build =
        workplace.buildTrial(
            "--set", "builder.userDataFile=" + userData, "--set", "timeouts.cloudInit=45s");

    build.requireFailed(1);
    assertThat(build.stderr())
        .contains(
            "ready: failed after",
            "cloud-init did not finish in the guest within timeouts.cloudInit (45 s). It sits in",
            "sleep 654 (process ",
            "Everything that the build created was removed.");
    requireNothingLeft();
  }

  @Test
  void anUploadThatMeetsAFullDiskSaysWhichIsFull() {
    Path userData =
        boothook("mount -t tmpfs -o size=64k none /root && head -c 60000 /dev/zero > /root/big");

    Ended build = workplace.buildTrial("--set", "builder.userDataFile=" + userData);

    build.requireFailed(1);
    assertThat(build.stderr())
        .contains(
            "Unpacking the cookbook bundle in the guest failed",
            "The file system of /root has ",
            "set builder.rootVolume.volumeSize larger",
            "Everything that the build created was removed.");
    requireNothingLeft();
  }

  @Test
  void aCookbookThatFillsADiskIsToldWhichOne() {
    Ended build = workplace.buildTrial("--set", "provision.runList=[\"trial::fills_disk\"]");

    build.requireFailed(1);
    assertThat(build.stderr())
        .contains(
            "resource 'execute[fill it]'",
            "The file system of /srv/small has no space left.",
            "set builder.rootVolume.volumeSize larger",
            "Everything that the build created was removed.");
    requireNothingLeft();
  }

  @Test
  void aChefThatTheKernelEndsForWantOfMemoryIsToldOf() {
    Path userData =
        boothook(
            """
            folder=/etc/systemd/system/wcs-ami-converge.service.d
            mkdir -p $folder
            printf '[Service]\\nMemoryMax=256M\\n' > $folder/small.conf
            systemctl daemon-reload
            """);

    Ended build =
        workplace.buildTrial(
            "--set",
            "builder.userDataFile=" + userData,
            "--set",
            "provision.runList=[\"trial::eats_memory\"]");

    build.requireFailed(1);
    assertThat(build.stderr())
        .contains(
            "chef-solo ended with exit code 137: it was killed",
            "The guest ran out of memory: the kernel killed 1 process of the converge.",
            "builder.instanceTypes",
            "Everything that the build created was removed.");
    requireNothingLeft();
  }

  @Test
  void aHostKeyThatChangesInMidBuildIsRefused() {
    Ended build = workplace.buildTrial("--set", "provision.runList=[\"trial::changes_host_key\"]");

    build.requireFailed(1);
    assertThat(build.stderr())
        .contains(
            "The connection was lost; connecting again.",
            "wrong host key (expected SHA256:",
            "Nothing was sent to it.",
            "Everything that the build created was removed.");
    requireNothingLeft();
  }

  @Test
  void aFloodOfOutputNeedsNoMoreMemoryThanATrickle() {
    Path userData =
        boothook(
            """
            cat > /usr/local/sbin/flood <<'END'
            #!/bin/sh
            [ "$1" != --version ] || { echo 'Chef stand-in: 18.0.0 (not Chef)'; exit 0; }
            yes "$(head -c 999 /dev/zero | tr '\\0' l)" | head -n 4000
            head -c 80000000 /dev/zero | tr '\\0' e
            echo; echo 'after the flood'
            exit 1
            END
            chmod 755 /usr/local/sbin/flood
            """);

    Ended build =
        workplace.shell(
            "JAVA_TOOL_OPTIONS=-Xmx64m $WCS_AMI "
                + String.join(
                    " ",
                    Workplace.trial(
                        "--set",
                        "builder.userDataFile=" + userData,
                        "--set",
                        "chef.soloPath=/usr/local/sbin/flood")));

    build.requireFailed(1);
    assertThat(build.stderr())
        .contains("chef-solo ended with exit code 1", "after the flood")
        .doesNotContain("OutOfMemoryError");
    requireNothingLeft();
  }

  /** User data that runs a script before anybody can log in. */
  private Path boothook(String script) {
    return workplace.write("boothook.sh", "#cloud-boothook\n#!/bin/sh\n" + script + "\n");
  }

  private static String single(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in%n%s", pattern, text).isTrue();
    return matcher.group(1);
  }
}

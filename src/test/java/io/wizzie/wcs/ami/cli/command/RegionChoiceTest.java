package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.cli.option.RegionTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionChoiceTest {
  @TempDir private Path folder;

  @Test
  void optionGoesBeforeEnvironmentBeforeFileBeforeSdk() {
    assertThat(chosen(true, true, true, true, true)).isEqualTo("us-east-1");
    assertThat(chosen(false, true, true, true, true)).isEqualTo("us-east-2");
    assertThat(chosen(false, false, true, true, true)).isEqualTo("us-west-1");
    assertThat(chosen(false, false, false, true, true)).isEqualTo("us-west-2");
    assertThat(chosen(false, false, false, false, true)).isEqualTo("eu-west-1");
  }

  @Test
  void appliesTheOverridesOfARegionThatOnlyTheSdkKnows() {
    CommandLineRun program = new CommandLineRun(folder);
    program.parts.regionOfSdk = Optional.of("eu-west-3");

    program.run("build", "--profile", "seller");

    assertThat(program.parts.calls)
        .startsWith(
            "read [config/wcs-ami.json] [] for null",
            "ask the SDK for a region of profile seller",
            "read [config/wcs-ami.json] [] for eu-west-3");
  }

  @Test
  void takesAnEmptyVariableForNone() {
    CommandLineRun program = new CommandLineRun(folder);
    program.variables.put("AWS_REGION", "");
    program.variables.put("AWS_DEFAULT_REGION", "eu-west-1");

    program.run("build");

    assertThat(program.parts.target).isNotNull();
    assertThat(program.parts.target.name()).isEqualTo("eu-west-1");
  }

  @Test
  void endpointOfTheOptionGoesBeforeThatOfEc2BeforeThatOfAllServices() {
    CommandLineRun program = new CommandLineRun(folder);
    program.variables.put("AWS_ENDPOINT_URL", "http://all:1");
    assertThat(endpoint(program)).isEqualTo(URI.create("http://all:1"));

    program.variables.put("AWS_ENDPOINT_URL_EC2", "http://ec2:2");
    assertThat(endpoint(program)).isEqualTo(URI.create("http://ec2:2"));
    assertThat(endpoint(program, "--endpoint-url", "http://option:3"))
        .isEqualTo(URI.create("http://option:3"));
  }

  @Test
  void namesTheVariableOfAWrongEndpoint() {
    CommandLineRun program = new CommandLineRun(folder);
    program.variables.put("AWS_ENDPOINT_URL", "localhost:4566");

    assertThat(program.run("build", "--region", "eu-west-1")).isEqualTo(2);

    assertThat(program.stderr())
        .isEqualTo(
            "wcs-ami: AWS_ENDPOINT_URL: 'localhost:4566' is not an http or https URL, such as"
                + " http://127.0.0.1:4566. See 'wcs-ami build --help'.\n");
  }

  @Test
  void theLocalRegionOfThisProcessIsUsedWithItsOwnKeyWhateverTheProfile() {
    CommandLineRun program = new CommandLineRun(folder);

    program.run("build", "--region", "local", "--profile", "seller");

    assertThat(program.parts.target).isNotNull();
    assertThat(program.parts.target.key()).isEqualTo(FakeLocalRegions.KEY);
    assertThat(program.parts.target.profile()).isNull();
  }

  @Test
  void stateFolderOfTheOptionGoesBeforeTheEnvironmentBeforeTheXdgFolder() {
    CommandLineRun program = new CommandLineRun(folder);
    assertThat(stateFolder(program)).isEqualTo("/home/joe/.local/state/wcs-ami/regions");

    program.variables.put("XDG_STATE_HOME", "/var/xdg");
    assertThat(stateFolder(program)).isEqualTo("/var/xdg/wcs-ami/regions");

    program.variables.put("WCS_AMI_STATE_DIR", "/var/wcs");
    assertThat(stateFolder(program)).isEqualTo("/var/wcs");
    assertThat(stateFolder(program, "--state-dir", "mine"))
        .isEqualTo(folder.resolve("mine").toString());
  }

  private String chosen(
      boolean option, boolean region, boolean defaultRegion, boolean file, boolean sdk) {
    CommandLineRun program = new CommandLineRun(folder);
    if (region) {
      program.variables.put("AWS_REGION", "us-east-2");
    }
    if (defaultRegion) {
      program.variables.put("AWS_DEFAULT_REGION", "us-west-1");
    }
    program.parts.regionOfFile = file ? "us-west-2" : null;
    program.parts.regionOfSdk = sdk ? Optional.of("eu-west-1") : Optional.empty();
    program.run(option ? new String[] {"build", "--region=us-east-1"} : new String[] {"build"});
    RegionTarget target = program.parts.target;
    return target == null ? "none" : target.name();
  }

  private static URI endpoint(CommandLineRun program, String... more) {
    program.run(with(new String[] {"list", "--region", "eu-west-1"}, more));
    RegionTarget target = program.parts.target;
    URI endpoint = target == null ? null : target.endpoint();
    return endpoint == null ? URI.create("none") : endpoint;
  }

  private static String stateFolder(CommandLineRun program, String... more) {
    program.parts.calls.clear();
    program.run(with(new String[] {"list", "--region", "local"}, more));
    return program.parts.calls.get(0).replace("attach ", "");
  }

  private static String[] with(String[] args, String... more) {
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }
}

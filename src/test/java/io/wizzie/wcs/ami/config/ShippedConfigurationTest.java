package io.wizzie.wcs.ami.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.config.reader.SpecReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration of this repository comes to, in AWS and on this machine. */
class ShippedConfigurationTest {
  @TempDir private Path folder;

  @Test
  void buildsOnCanonicalsUbuntuInAws() throws IOException {
    BuildSpec spec = read("us-east-1");

    assertThat(spec.version()).isEqualTo("1.1.0");
    assertThat(spec.sourceImage())
        .returns(null, SourceImageSpec::imageId)
        .returns(List.of("099720109477"), SourceImageSpec::owners)
        .returns(
            Map.of(
                "name",
                List.of("ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*"),
                "architecture",
                List.of("x86_64"),
                "virtualization-type",
                List.of("hvm"),
                "root-device-type",
                List.of("ebs")),
            SourceImageSpec::filters)
        .returns(true, SourceImageSpec::mostRecent)
        .returns(false, SourceImageSpec::includeDeprecated);
    assertThat(spec.builder().instanceTypes()).hasSizeGreaterThan(1);
    assertThat(spec.builder().sourceCidrs()).isEmpty();
    assertThat(spec.builder().rootVolume().sizeGib()).isEqualTo(30);
    assertThat(spec.ssh().user()).isEqualTo("ubuntu");
    assertThat(spec.chef().soloPath()).isEqualTo("/opt/cinc/bin/chef-solo");
    assertThat(spec.chef().fallbackSoloPath()).isNull();
    assertThat(packageUrl(spec))
        .hasPath("/files/stable/cinc/18.7.10/ubuntu/24.04/cinc_18.7.10-1_amd64.deb");
    assertThat(spec.provision().cookbookPaths())
        .containsExactly(folder.resolve("cookbooks/provision"));
    assertThat(spec.provision().runList()).containsExactly("recipe[wcsprov]");
    assertThat(spec.bootstrap().cookbookPaths())
        .containsExactly(folder.resolve("cookbooks/bootstrap"));
    assertThat(spec.bootstrap().runList()).containsExactly("recipe[wcsbootstrap]");
    assertThat(spec.image().imdsV2Only()).isTrue();
  }

  @Test
  void buildsOnTheLocalBaseImageInTheLocalRegion() throws IOException {
    BuildSpec spec = read("local");

    assertThat(spec.sourceImage().owners()).containsExactly("amazon");
    assertThat(spec.sourceImage().filters()).containsEntry("name", List.of("wcs-ami-local/*"));
    assertThat(spec.sourceImage().mostRecent()).isTrue();
    assertThat(spec.builder().sourceCidrs()).containsExactly("127.0.0.0/8", "10.88.0.0/16");
    assertThat(spec.ssh().user()).isEqualTo("admin");
    assertThat(packageUrl(spec))
        .hasPath("/files/stable/cinc/18.6.2/debian/12/cinc_18.6.2-1_amd64.deb");
    assertThat(spec.chef().fallbackSoloPath()).isEqualTo("/opt/wcs-ami-stand-in/bin/chef-solo");
  }

  private static URI packageUrl(BuildSpec spec) {
    ChefSpec.ChefPackage chefPackage = Objects.requireNonNull(spec.chef().chefPackage());
    URI url = Objects.requireNonNull(chefPackage.url());
    assertThat(url.getPath()).contains(Objects.requireNonNull(spec.chef().version()));
    return url;
  }

  /** In a folder of its own, so that it doesn't matter whether the cookbooks are good. */
  private BuildSpec read(String region) throws IOException {
    Files.createDirectories(folder.resolve("cookbooks/provision"));
    Files.createDirectories(folder.resolve("cookbooks/bootstrap"));
    Files.createDirectories(folder.resolve("cookbooks/sample"));
    Path config = Files.createDirectories(folder.resolve("config")).resolve("wcs-ami.json");
    Files.copy(Path.of("config/wcs-ami.json"), config);
    return SpecReader.read(List.of(config), List.of(), region);
  }
}

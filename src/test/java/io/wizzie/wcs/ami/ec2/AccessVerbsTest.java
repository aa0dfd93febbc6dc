package io.wizzie.wcs.ami.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.SshSpec.KeyType;
import io.wizzie.wcs.ami.ec2.KeyPairs.NewKeyPair;
import io.wizzie.wcs.ami.pipeline.Specs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SubnetState;

/** Key pairs, security groups and subnets. */
class AccessVerbsTest {
  private final Verbs bench = new Verbs();
  private final List<String> intents = new ArrayList<>();

  private NewKeyPair createKeyPair() {
    return bench
        .verbs
        .keyPairs()
        .create(
            "wcs-1",
            KeyType.ED25519,
            Verbs.TAGS,
            (name, call) -> {
              intents.add(name);
              return call.get();
            });
  }

  private String createGroup() {
    return bench.verbs.securityGroups().create("wcs-1", "vpc-1", "wcs-1", Verbs.TAGS);
  }

  private List<Subnets.BuilderSubnet> subnets(@Nullable String subnetId) {
    return bench.verbs.subnets().resolve(Specs.builder(null, subnetId, List.of(), List.of()));
  }

  @Test
  void makesAKeyPairOfTheWantedType() {
    NewKeyPair made = createKeyPair();

    assertThat(made.name()).isEqualTo("wcs-1");
    assertThat(made.privateKey().revealUtf8()).isEqualTo(FakeEc2.keyMaterial("wcs-1"));
    assertThat(made.toString()).doesNotContain("key:");
    assertThat(bench.ec2.keyPairs.values())
        .singleElement()
        .satisfies(pair -> assertThat(pair.keyTypeAsString()).isEqualTo("ed25519"));
  }

  @Test
  void replacesAKeyPairWhosePrivateKeyWasLost() {
    bench.ec2.faults.refuse("CreateKeyPair", "InvalidKeyPair.Duplicate");

    assertThat(createKeyPair().name()).isEqualTo("wcs-1-2");
    assertThat(intents).containsExactly("wcs-1", "wcs-1-2");
    assertThat(bench.ec2.faults.calls())
        .containsExactly("CreateKeyPair", "DeleteKeyPair", "CreateKeyPair");
  }

  @Test
  void givesUpWhenKeyPairsAreDuplicatesAgainAndAgain() {
    bench.ec2.faults.refuseAlways("CreateKeyPair", "InvalidKeyPair.Duplicate");

    assertThatThrownBy(this::createKeyPair).hasMessageContaining("InvalidKeyPair.Duplicate");
    assertThat(intents).hasSize(3);
  }

  @Test
  void deletesAKeyPairThatIsNotThere() {
    assertThatCode(() -> bench.verbs.keyPairs().delete("wcs-1")).doesNotThrowAnyException();
  }

  @Test
  void admitsIpv4AndIpv6Ranges() {
    String groupId = createGroup();
    bench
        .verbs
        .securityGroups()
        .authorize(groupId, 2222, List.of("198.51.100.7/32", "2001:db8::/64"), Verbs.TAGS);

    IpPermission rule = bench.ec2.permissions.values().iterator().next().get(0);
    assertThat(rule.fromPort()).isEqualTo(2222);
    assertThat(rule.toPort()).isEqualTo(2222);
    assertThat(rule.ipProtocol()).isEqualTo("tcp");
    assertThat(rule.ipRanges().get(0).cidrIp()).isEqualTo("198.51.100.7/32");
    assertThat(rule.ipv6Ranges().get(0).cidrIpv6()).isEqualTo("2001:db8::/64");
  }

  @Test
  void waitsForAGroupThatIsNotVisibleYet() {
    String groupId = createGroup();
    bench.ec2.faults.refuse("AuthorizeSecurityGroupIngress", "InvalidGroup.NotFound");
    bench.verbs.securityGroups().authorize(groupId, 22, List.of("198.51.100.7/32"), Verbs.TAGS);

    assertThat(bench.ec2.permissions).containsKey(groupId);
  }

  @Test
  void takesARepeatedAuthorizationAsDone() {
    String groupId = createGroup();
    bench.ec2.faults.refuse("AuthorizeSecurityGroupIngress", "InvalidPermission.Duplicate");

    assertThatCode(
            () ->
                bench
                    .verbs
                    .securityGroups()
                    .authorize(groupId, 22, List.of("198.51.100.7/32"), Verbs.TAGS))
        .doesNotThrowAnyException();
  }

  @Test
  void findsItsOwnGroupWhenTheAnswerToItsCreationWasLost() {
    String groupId = createGroup();

    assertThat(createGroup()).isEqualTo(groupId);
    assertThatThrownBy(
            () ->
                bench.verbs.securityGroups().create("wcs-1", "vpc-1", "another-build", Verbs.TAGS))
        .hasMessageContaining("InvalidGroup.Duplicate");
  }

  @Test
  void waitsUntilNothingUsesTheGroupAnyMore() {
    String groupId = createGroup();
    bench.ec2.faults.refuse("DeleteSecurityGroup", "DependencyViolation");
    bench.ec2.faults.refuse("DeleteSecurityGroup", "DependencyViolation");
    bench.verbs.securityGroups().delete(groupId, null);

    assertThat(bench.ec2.groups).isEmpty();
    assertThatCode(() -> bench.verbs.securityGroups().delete(groupId, null))
        .doesNotThrowAnyException();
  }

  @Test
  void givesUpOnAGroupThatStaysInUse() {
    String groupId = createGroup();
    bench.ec2.faults.refuseAlways("DeleteSecurityGroup", "DependencyViolation");

    assertThatThrownBy(() -> bench.verbs.securityGroups().delete(groupId, null))
        .hasMessageContaining("DependencyViolation");
  }

  @Test
  void prefersTheDefaultSubnetWithTheMostFreeAddresses() {
    bench.ec2.addSubnet("subnet-3", 500, true);
    bench.ec2.addSubnet("subnet-4", 900, false);

    assertThat(subnets(null))
        .extracting(Subnets.BuilderSubnet::subnetId)
        .containsExactly("subnet-3", "subnet-1", "subnet-2");
  }

  @Test
  void takesTheSubnetThatIsNamed() {
    assertThat(subnets("subnet-2"))
        .singleElement()
        .satisfies(
            subnet -> {
              assertThat(subnet.vpcId()).isEqualTo("vpc-1");
              assertThat(subnet.givesPublicAddress()).isTrue();
            });
    assertThatThrownBy(() -> subnets("subnet-9"))
        .hasMessage(
            "Subnet subnet-9 does not exist in this region. Check builder.subnetIds and the region.");
  }

  @Test
  void staysInOneVpc() {
    bench.ec2.addSubnet("subnet-3", 10, true);
    bench.ec2.subnets.computeIfPresent(
        "subnet-3", (id, subnet) -> subnet.toBuilder().vpcId("vpc-2").build());

    assertThat(subnets(null)).extracting(Subnets.BuilderSubnet::vpcId).containsOnly("vpc-1");
  }

  @Test
  void saysWhatToDoWithoutADefaultVpc() {
    bench.ec2.subnets.clear();

    assertThatThrownBy(() -> subnets(null))
        .isInstanceOfSatisfying(
            BuildException.class,
            failed -> assertThat(failed.category()).isEqualTo(Category.CONFIGURATION))
        .hasMessageContaining("no default VPC")
        .hasMessageContaining("builder.subnetId");
  }

  @Test
  void passesOverSubnetsThatAreNotAvailable() {
    bench.ec2.subnets.replaceAll(
        (id, subnet) -> subnet.toBuilder().state(SubnetState.PENDING).build());

    assertThatThrownBy(() -> subnets(null)).hasMessageContaining("builder.subnetFilters");
  }
}

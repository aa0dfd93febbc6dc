package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.localregion.model.Glob;
import io.wizzie.wcs.ami.localregion.model.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;

/** What a client is told under different policies. */
class PolicedRegionTest extends RegionTest {

  @Test
  void theProjectsPolicyHoldsUnlessAnotherIsGiven() {
    assertThat(statusRefusal(ec2)).isEqualTo("UnauthorizedOperation");
  }

  @Test
  void withoutAPolicyTheRegionSaysWhatItDoesNotHave() {
    assertThat(statusRefusal(under(Policy.none()))).isEqualTo("UnsupportedOperation");
  }

  @Test
  void aNarrowerPolicyTakesActionsAway() {
    Ec2Client denied =
        under(
            new Policy(
                List.of(
                    Policy.Statement.allowing("ec2:Describe*"),
                    new Policy.Statement(
                        false, List.of(Glob.ofName("ec2:describesubnets")), false))));

    var refusal = refused(() -> denied.describeSubnets(DescribeSubnetsRequest.builder().build()));
    assertThat(refusal.statusCode()).isEqualTo(403);
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("UnauthorizedOperation");
    assertThat(refusal.awsErrorDetails().errorMessage()).contains("explicit deny");
    assertThat(refusal(() -> denied.runInstances(oneInstance().build())))
        .isEqualTo("UnauthorizedOperation");
    assertThat(denied.describeRegions().regions()).isNotEmpty();
  }

  private Ec2Client under(Policy policy) {
    LocalRegion other =
        new LocalRegion(folder, 0, engine, clock, TIMINGS, BASE, policy, Runnable::run, () -> {});
    closeLater(other);
    return client(other, "local");
  }

  private static String statusRefusal(Ec2Client client) {
    return refusal(
        () -> client.describeInstanceStatus(DescribeInstanceStatusRequest.builder().build()));
  }
}

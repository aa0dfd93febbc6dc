package io.wizzie.wcs.ami.localregion.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/**
 * The local region's endpoint against the contract; and every element of every answer that it gives
 * on the way is one that EC2's service model has for that action, spelled and typed as there.
 */
class ContractTest extends ContractSuite {
  /**
   * What EC2 has come to answer since the model of Debian 12 (botocore 1.29, December 2022). That
   * these are right is shown by {@link NewerModelIT}.
   */
  private static final Set<String> NEWER =
      Set.of(
          "CreateSecurityGroup/securityGroupArn: unknown element",
          "DeleteKeyPair: an action without an output answers [return, keyPairId]",
          "DeleteSecurityGroup: an action without an output answers [return, groupId]",
          "DeregisterImage/return: unknown element",
          "DescribeImages/imagesSet/deregistrationProtection: unknown element",
          "DescribeImages/imagesSet/sourceImageId: unknown element",
          "DescribeImages/imagesSet/sourceImageRegion: unknown element",
          "DescribeImages/imagesSet/sourceInstanceId: unknown element",
          "DescribeImages/nextToken: unknown element",
          "DescribeInstances/reservationSet/instancesSet/currentInstanceBootMode: unknown element",
          "DescribeSecurityGroups/securityGroupInfo/securityGroupArn: unknown element",
          "DescribeSnapshots/snapshotSet/completionTime: unknown element",
          "DescribeSnapshots/snapshotSet/fullSnapshotSizeInBytes: unknown element",
          "RunInstances/instancesSet/currentInstanceBootMode: unknown element");

  /** Answered with UnsupportedOperation, so there is no answer to look at. */
  private static final Set<String> ABSENT =
      Set.of("AttachVolume", "DetachVolume", "GetPasswordData");

  private final Set<String> actionsSeen = new TreeSet<>();
  private final Set<String> elementsSeen = new TreeSet<>();
  private @Nullable LocalTarget target;
  private Optional<ServiceModel> model = Optional.empty();
  private int answersSeen;

  @BeforeAll
  void openTheRegion(@TempDir Path folder) {
    target = new LocalTarget(folder);
    model = findModel();
  }

  /** The service model that the answers are checked against; empty if this machine has none. */
  Optional<ServiceModel> findModel() {
    return ServiceModel.installed();
  }

  /** What EC2 answers although that model doesn't know it. */
  Set<String> newerThanModel() {
    return NEWER;
  }

  @Override
  ContractTarget target() {
    if (target == null) {
      throw new IllegalStateException("The region is not open");
    }
    return target;
  }

  @Override
  void answered(List<AnswerRecorder.Answer> answers) {
    for (AnswerRecorder.Answer answer : answers) {
      actionsSeen.add(answer.action());
      answersSeen++;
      model.ifPresent(
          known ->
              assertThat(known.problems(answer.action(), parsed(answer.xml()), elementsSeen))
                  .as("elements that are not in the service model")
                  .isSubsetOf(newerThanModel()));
    }
  }

  private static Element parsed(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError("This is no XML: " + xml, e);
    }
  }

  @Test
  void theServiceModelIsOnThisMachine() {
    Assumptions.assumeTrue(
        model.isPresent(), "No service model to check against: install python3-botocore");
  }

  @AfterAll
  void closeTheRegion() {
    target().close();
    Set<String> all =
        Contract.cases().stream().map(Case::action).collect(Collectors.toCollection(TreeSet::new));
    assertThat(all).as("the actions of the project's policy").hasSize(32);
    // Where only some cases were run, there is less to be seen.
    if (asked() == Contract.cases().size()) {
      all.removeAll(ABSENT);
      assertThat(actionsSeen).as("actions whose answers were checked").containsAll(all);
    }
    ContractReport.elements(answersSeen, elementsSeen.size());
  }
}

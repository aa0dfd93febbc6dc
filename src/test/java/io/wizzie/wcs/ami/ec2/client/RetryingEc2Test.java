package io.wizzie.wcs.ami.ec2.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.wizzie.wcs.ami.ec2.Policy;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;

class RetryingEc2Test {
  private static Set<String> listed() {
    return Arrays.stream(RetryingEc2.class.getDeclaredMethods())
        .filter(method -> method.getParameterCount() == 1)
        .filter(method -> Ec2Request.class.isAssignableFrom(method.getParameterTypes()[0]))
        .filter(
            method -> !method.isSynthetic() && method.getParameterTypes()[0] != Ec2Request.class)
        .map(method -> method.getParameterTypes()[0].getSimpleName().replace("Request", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> classified() {
    Set<String> all = new TreeSet<>(RetryingEc2.IDEMPOTENT);
    all.addAll(RetryingEc2.BY_CLIENT_TOKEN);
    all.addAll(RetryingEc2.NOT_IDEMPOTENT);
    assertThat(all)
        .as("each in one set only")
        .hasSize(
            RetryingEc2.IDEMPOTENT.size()
                + RetryingEc2.BY_CLIENT_TOKEN.size()
                + RetryingEc2.NOT_IDEMPOTENT.size());
    return all;
  }

  /** What is not listed there throws, and would do so only in the middle of some build. */
  @Test
  void listsTheActionsThatTheProgramCallsAndNoOther() {
    JavaClasses program =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.wizzie.wcs.ami");
    Set<String> called =
        program.stream()
            .filter(each -> !each.getSimpleName().equals("RetryingEc2"))
            .flatMap(each -> each.getMethodCallsFromSelf().stream())
            .filter(call -> call.getTargetOwner().isEquivalentTo(Ec2Client.class))
            .map(call -> call.getTarget().getName().replaceFirst("Paginator$", ""))
            .map(name -> Character.toUpperCase(name.charAt(0)) + name.substring(1))
            .filter(
                name ->
                    !Set.of("Builder", "Close", "ServiceMetadata", "ServiceClientConfiguration")
                        .contains(name))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(called).hasSizeGreaterThan(15);
    assertThat(listed()).isEqualTo(called);
  }

  @Test
  void knowsOfEachActionWhetherItIsIdempotent() {
    assertThat(classified()).containsAll(Policy.ACTIONS).containsAll(listed());
  }

  @Test
  void goesByTheClientTokenWhereThereIsOne() {
    assertThat(RetryingEc2.isIdempotent(RunInstancesRequest.builder().build())).isFalse();
    assertThat(RetryingEc2.isIdempotent(RunInstancesRequest.builder().clientToken("t").build()))
        .isTrue();
    assertThat(RetryingEc2.isIdempotent(CreateKeyPairRequest.builder().build())).isFalse();
    assertThat(RetryingEc2.isIdempotent(StopInstancesRequest.builder().build())).isTrue();
  }
}

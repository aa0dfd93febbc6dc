package io.wizzie.wcs.ami.ec2.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

class RetryingEc2Test {
  /** What is not listed there throws, and would do so only in the middle of some build. */
  @Test
  void listsEveryActionThatTheProgramCalls() {
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
            .filter(name -> !name.equals("builder"))
            .collect(Collectors.toSet());
    Set<String> listed =
        Arrays.stream(RetryingEc2.class.getDeclaredMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());

    assertThat(called).hasSizeGreaterThan(15);
    assertThat(listed).containsAll(called);
  }
}

package io.wizzie.wcs.ami.localregion.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Request;

/** What the reader takes for granted about the SDK's types, of all of EC2's actions. */
class ModelTest {

  @Test
  void everyParameterHasANameOfItsOwnAndATypeThatTheReaderKnows() throws Exception {
    Set<MarshallingType<?>> readable =
        Set.of(
            MarshallingType.STRING,
            MarshallingType.BOOLEAN,
            MarshallingType.INTEGER,
            MarshallingType.LONG,
            MarshallingType.DOUBLE,
            MarshallingType.FLOAT,
            MarshallingType.INSTANT,
            MarshallingType.SDK_BYTES,
            MarshallingType.LIST,
            MarshallingType.SDK_POJO);
    Deque<SdkPojo> left = new ArrayDeque<>(requests());
    assertThat(left).hasSizeGreaterThan(500);
    Set<Class<?>> seen = new HashSet<>();
    while (!left.isEmpty()) {
      SdkPojo type = left.pop();
      if (!seen.add(type.getClass())) {
        continue;
      }
      assertThat(type.sdkFields().stream().map(SdkField::locationName))
          .as(type.getClass().getName())
          .doesNotHaveDuplicates();
      for (SdkField<?> field : type.sdkFields()) {
        SdkField<?> inner = field;
        while (inner.marshallingType() == MarshallingType.LIST) {
          inner = inner.getTrait(ListTrait.class).memberFieldInfo();
        }
        assertThat(readable).as(field.memberName()).contains(inner.marshallingType());
        if (inner.marshallingType() == MarshallingType.SDK_POJO) {
          left.add(inner.constructor().get());
        }
      }
    }
  }

  private static List<SdkPojo> requests() throws ReflectiveOperationException {
    Deque<SdkPojo> builders = new ArrayDeque<>();
    Set<Class<?>> types = new HashSet<>();
    for (Method method : Ec2Client.class.getMethods()) {
      Arrays.stream(method.getParameterTypes())
          .filter(type -> Ec2Request.class.isAssignableFrom(type) && type != Ec2Request.class)
          .forEach(types::add);
    }
    for (Class<?> type : types) {
      builders.add((SdkPojo) type.getMethod("builder").invoke(null));
    }
    return List.copyOf(builders);
  }
}

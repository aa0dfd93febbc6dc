package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** CreateTags and DescribeTags. */
class TagsTest extends RegionTest {

  @Test
  void tagsArePutOnAnythingThatIsThere() {
    String instance = running().instanceId();
    String volume = ec2.describeVolumes().volumes().get(0).volumeId();
    String subnet = ec2.describeSubnets().subnets().get(0).subnetId();
    String group = ec2.describeSecurityGroups().securityGroups().get(0).groupId();

    tag(List.of(instance, volume, subnet, group, baseImage().imageId()), tag("a", "1"));
    tag(List.of(instance), tag("a", "2"), tag("b", ""));

    assertThat(described(instance).tags()).containsExactly(tag("a", "2"), tag("b", ""));
    assertThat(ec2.describeVolumes().volumes().get(0).tags()).containsExactly(tag("a", "1"));
    assertThat(found("resource-type", "instance")).hasSize(2);
    assertThat(found("resource-id", volume)).hasSize(1);
    assertThat(found("key", "a")).hasSize(5);
    assertThat(found("value", "1")).hasSize(4);
    assertThat(found("tag:a", "2"))
        .extracting(TagDescription::resourceId)
        .containsExactly(instance);
  }

  @Test
  void whatIsWrongWithATagIsSaidInEc2sWords() {
    String instance = running().instanceId();

    assertThat(refusal(() -> tag(List.of("i-0123456789abcdef0"), tag("a", "b"))))
        .isEqualTo("InvalidInstanceID.NotFound");
    assertThat(refusal(() -> tag(List.of("key-0123456789abcdef0"), tag("a", "b"))))
        .isEqualTo("InvalidID");
    assertThat(refusal(() -> tag(List.of("something"), tag("a", "b")))).isEqualTo("InvalidID");
    assertThat(refusal(() -> tag(List.of(instance), tag("aws:a", "b"))))
        .isEqualTo("InvalidParameterValue");
    assertThat(refusal(() -> tag(List.of(instance), tag("a", "b"), tag("a", "c"))))
        .isEqualTo("InvalidParameterValue");
    assertThat(refusal(() -> tag(List.of(instance), tag("a".repeat(129), "c"))))
        .isEqualTo("InvalidParameterValue");
    assertThat(refusal(() -> tag(List.of(instance), tag("a", "c".repeat(257)))))
        .isEqualTo("InvalidParameterValue");
    assertThat(refusal(() -> tag(List.of(instance), tags(51)))).isEqualTo("TagLimitExceeded");
    assertThat(refusal(() -> tag(List.of(instance)))).isEqualTo("MissingParameter");
    assertThat(described(instance).tags()).isEmpty();
  }

  @Test
  void manyTagsComeInPages() {
    String instance = running().instanceId();
    tag(List.of(instance), tags(12));

    DescribeTagsRequest request = DescribeTagsRequest.builder().maxResults(5).build();

    assertThat(ec2.describeTags(request).tags()).hasSize(5);
    assertThat(ec2.describeTagsPaginator(request).tags())
        .extracting(TagDescription::key)
        .hasSize(12)
        .doesNotHaveDuplicates();
  }

  @Test
  void tagsGoWithWhatTheyAreOn() {
    String instance = running().instanceId();
    tag(List.of(ec2.describeVolumes().volumes().get(0).volumeId()), tag("a", "1"));
    terminate(instance);
    later();

    assertThat(ec2.describeTags().tags()).isEmpty();
  }

  private void tag(List<String> ids, Tag... tags) {
    ec2.createTags(CreateTagsRequest.builder().resources(ids).tags(tags).build());
  }

  private List<TagDescription> found(String filter, String value) {
    return ec2.describeTags(
            DescribeTagsRequest.builder()
                .filters(Filter.builder().name(filter).values(value).build())
                .build())
        .tags();
  }

  private static Tag[] tags(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> tag("key" + number, "value"))
        .toArray(Tag[]::new);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}

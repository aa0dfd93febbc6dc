package io.wizzie.wcs.ami.localregion.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Whatever a client sends, it is read as what it says or refused with one of EC2's codes. */
class QueryPropertiesTest {
  private static final List<Supplier<? extends SdkPojo>> REQUESTS =
      List.of(
          RunInstancesRequest::builder,
          RegisterImageRequest::builder,
          ModifyImageAttributeRequest::builder,
          CreateTagsRequest::builder,
          DescribeImagesRequest::builder);

  @Property
  void aFormIsReadAsItWasWritten(@ForAll("parameters") Map<String, String> parameters) {
    String text =
        parameters.entrySet().stream()
            .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
            .collect(Collectors.joining("&"));

    assertThat(Form.decode(text)).isEqualTo(parameters);
  }

  @Property
  void anyTextIsAFormOrIsRefused(@ForAll String text) {
    try {
      assertThat(Form.decode(text).keySet()).allMatch(name -> name.length() <= 300);
    } catch (Refusal refusal) {
      assertThat(refusal.code()).startsWith("MalformedQueryString");
    }
  }

  @Property
  void anyEscapesAreAFormOrAreRefused(@ForAll("escapes") String text) {
    try {
      assertThat(Form.decode(text)).isNotNull();
    } catch (Refusal refusal) {
      assertThat(refusal.code()).isIn("MalformedQueryString", "InvalidParameterCombination");
    }
  }

  @Property
  void anyParametersAreARequestOrAreRefused(
      @ForAll("requests") Supplier<? extends SdkPojo> request,
      @ForAll("likelyParameters") Map<String, String> parameters) {
    try {
      assertThat(RequestReader.read(request, new TreeMap<>(parameters))).isNotNull();
    } catch (Refusal refusal) {
      assertThat(refusal.code()).isIn("UnknownParameter", "InvalidParameterValue");
      assertThat(refusal.status()).isEqualTo(400);
    }
  }

  @Property
  void listsKeepTheirOrderAndTheirText(@ForAll List<String> values) {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("ResourceId.1", "ami-1");
    for (int i = 0; i < values.size(); i++) {
      parameters.put("Tag." + (i + 1) + ".Key", "key" + i);
      parameters.put("Tag." + (i + 1) + ".Value", values.get(i));
    }

    CreateTagsRequest request =
        (CreateTagsRequest) RequestReader.read(CreateTagsRequest::builder, parameters);

    assertThat(request.tags().stream().map(Tag::value)).containsExactlyElementsOf(values);
  }

  @Provide
  Arbitrary<Map<String, String>> parameters() {
    return Arbitraries.maps(Arbitraries.strings().ofMinLength(1).ofMaxLength(40), texts())
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<String> escapes() {
    return Arbitraries.of("%", "%4", "%41", "%zz", "%00", "%ff", "+", "&", "=", "a", "Action", ".")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Supplier<? extends SdkPojo>> requests() {
    return Arbitraries.of(REQUESTS);
  }

  /** Names built of words that these requests have, in orders that they mostly have not. */
  @Provide
  Arbitrary<Map<String, String>> likelyParameters() {
    Arbitrary<String> word =
        Arbitraries.of(
            "ImageId",
            "Tag",
            "Key",
            "Value",
            "Filter",
            "Name",
            "TagSpecification",
            "ResourceId",
            "ResourceType",
            "BlockDeviceMapping",
            "Ebs",
            "VolumeSize",
            "DeviceName",
            "NoDevice",
            "MinCount",
            "DryRun",
            "UserData",
            "NetworkInterface",
            "LaunchPermission",
            "Add",
            "UserId",
            "Description",
            "MaxResults",
            "0",
            "1",
            "2",
            "10",
            "-1",
            "999999999",
            "9999999999",
            "");
    Arbitrary<String> name =
        word.list().ofMinSize(1).ofMaxSize(6).map(each -> String.join(".", each));
    Arbitrary<String> value =
        Arbitraries.oneOf(
            texts(),
            Arbitraries.of(
                "", "1", "-1", "true", "TRUE", "yes", "1e9", "99999999999", "aGk=", "=="));
    return Arbitraries.maps(name, value).ofMaxSize(8);
  }

  private static Arbitrary<String> texts() {
    // A lone surrogate has no form in UTF-8, which is all that HTTP carries.
    return Arbitraries.strings()
        .ofMaxLength(60)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

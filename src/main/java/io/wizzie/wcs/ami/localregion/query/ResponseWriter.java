package io.wizzie.wcs.ami.localregion.query;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;

/**
 * Writes one of the SDK's response types as the XML that EC2 sends.
 *
 * <p>Clients drop an element that they don't know without a word. As element names come from EC2's
 * own service model, which the SDK's types carry along, there are none of that sort.
 */
public final class ResponseWriter {
  private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ResponseWriter() {}

  public static String write(String action, String requestId, SdkPojo response) {
    String root = action + "Response";
    XmlWriter xml = new XmlWriter().openRoot(root, NAMESPACE).element("requestId", requestId);
    if (response.sdkFields().isEmpty()) {
      // The model says nothing of it, but all of EC2's empty answers have this element.
      xml.element("return", "true");
    }
    structure(xml, response);
    return xml.close(root).toString();
  }

  /** EC2's error answer; note that its request ID is spelled differently. */
  static String error(String requestId, String code, String message) {
    return new XmlWriter()
        .open("Response")
        .open("Errors")
        .open("Error")
        .element("Code", code)
        .element("Message", message)
        .close("Error")
        .close("Errors")
        .element("RequestID", requestId)
        .close("Response")
        .toString();
  }

  /** A time as EC2 writes it: UTC, with milliseconds. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static void structure(XmlWriter xml, SdkPojo structure) {
    for (SdkField<?> field : structure.sdkFields()) {
      value(xml, field, field.unmarshallLocationName(), field.getValueOrDefault(structure));
    }
  }

  private static void value(XmlWriter xml, SdkField<?> field, String name, @Nullable Object value) {
    if (value == null || value instanceof SdkAutoConstructList) {
      return;
    }
    if (value instanceof List<?> members) {
      ListTrait list = field.getTrait(ListTrait.class);
      xml.open(name);
      members.forEach(
          member -> value(xml, list.memberFieldInfo(), list.memberLocationName(), member));
      xml.close(name);
    } else if (value instanceof SdkPojo structure) {
      xml.open(name);
      structure(xml, structure);
      xml.close(name);
    } else if (value instanceof Instant instant) {
      xml.element(name, time(instant));
    } else if (value instanceof SdkBytes bytes) {
      xml.element(name, bytes.asUtf8String());
    } else {
      xml.element(name, value.toString());
    }
  }
}

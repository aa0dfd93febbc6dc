package io.wizzie.wcs.ami.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/** The errors that a JSON Schema finds in a value. */
public final class SchemaErrors {
  private SchemaErrors() {}

  /** Place and reason of each; none when the value is valid. */
  public static List<String> of(JsonNode schema, JsonNode value) {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(schema)
        .validate(value)
        .stream()
        .map(ValidationMessage::toString)
        .toList();
  }
}

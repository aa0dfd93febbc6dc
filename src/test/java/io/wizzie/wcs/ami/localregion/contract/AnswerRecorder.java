package io.wizzie.wcs.ami.localregion.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.utils.StringInputStream;

/** Keeps the XML of every answer that a client gets, before the SDK drops what it doesn't know. */
final class AnswerRecorder implements ExecutionInterceptor {
  private final List<Answer> answers = new ArrayList<>();

  /** An answer that is no refusal. */
  record Answer(String action, String xml) {}

  List<Answer> answers() {
    return List.copyOf(answers);
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Optional<InputStream> content = context.responseBody();
    if (content.isEmpty() || !context.httpResponse().isSuccessful()) {
      return content;
    }
    try (InputStream body = content.get()) {
      String xml = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      answers.add(new Answer(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME), xml));
      return Optional.of(new StringInputStream(xml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

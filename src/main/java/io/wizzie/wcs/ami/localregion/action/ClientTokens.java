package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.TokenRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Client tokens: a creating call that is repeated with the same one creates nothing more. */
final class ClientTokens {
  private static final Set<String> NOT_COMPARED = Set.of("ClientToken", "DryRun");

  private ClientTokens() {}

  /** What an earlier call with this token created; it is refused if that had other parameters. */
  static Optional<List<String>> replay(Call call, @Nullable String token) {
    if (token == null) {
      return Optional.empty();
    }
    if (token.length() > 64) {
      throw Refusal.invalidValue("The client token may have at most 64 characters");
    }
    TokenRecord earlier = call.state().tokens.get(token);
    if (earlier == null) {
      return Optional.empty();
    }
    if (!earlier.action().equals(call.request().action())
        || !earlier.fingerprint().equals(fingerprint(call))) {
      throw Refusal.of(
          "IdempotentParameterMismatch",
          "Arguments on this idempotent request are inconsistent with arguments used in previous"
              + " request(s).");
    }
    // The answer tells of them, so they are to be found from now on.
    call.state().unseen.keySet().removeAll(earlier.ids());
    return Optional.of(earlier.ids());
  }

  static void remember(Call call, @Nullable String token, List<String> ids) {
    if (token != null) {
      call.state()
          .tokens
          .put(token, new TokenRecord(call.request().action(), fingerprint(call), ids, call.now()));
    }
  }

  private static String fingerprint(Call call) {
    return Ids.of(
        "request",
        call.request().parameters().entrySet().stream()
            .filter(parameter -> !NOT_COMPARED.contains(parameter.getKey()))
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .toArray(String[]::new));
  }
}

package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a list with the token of the next one; null if it is the last. */
record Page<T>(List<T> items, @Nullable String nextToken) {
  private static final String MARK = "wcs-ami-page:";

  /** Cuts the page behind a token out of the list; the smallest limit is EC2's for the action. */
  static <T> Page<T> of(
      List<T> all, @Nullable Integer maxResults, int least, @Nullable String token) {
    if (maxResults != null && (maxResults < least || maxResults > 1000)) {
      throw Refusal.invalidValue(
          ("Value ( %s ) for parameter maxResults is invalid. Expecting a value between %s and"
                  + " 1000.")
              .formatted(maxResults, least));
    }
    int from = token == null || token.isEmpty() ? 0 : position(token);
    int start = Math.min(from, all.size());
    int end = maxResults == null ? all.size() : Math.min(start + maxResults, all.size());
    return new Page<>(all.subList(start, end), end < all.size() ? token(end) : null);
  }

  /** EC2 has no pages of things that were asked for by ID. */
  static void notWithIds(List<String> ids, @Nullable Integer maxResults, String parameter) {
    if (!ids.isEmpty() && maxResults != null) {
      throw Refusal.invalidCombination(
          "The parameter " + parameter + " cannot be used with the parameter maxResults");
    }
  }

  private static String token(int position) {
    return Base64.getUrlEncoder()
        .encodeToString((MARK + position).getBytes(StandardCharsets.UTF_8));
  }

  private static int position(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith(MARK)) {
        int position = Integer.parseInt(text.substring(MARK.length()));
        if (position >= 0) {
          return position;
        }
      }
    } catch (IllegalArgumentException e) {
      // Not one of ours, as below.
    }
    throw Refusal.of("InvalidNextToken", "The token '" + token + "' is invalid");
  }
}

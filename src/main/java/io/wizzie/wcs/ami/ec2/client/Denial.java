package io.wizzie.wcs.ami.ec2.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A denied call in EC2's words. The encoded part of the message can be read only with a further
 * permission; the plain part often names the action that is missing.
 *
 * @param action with its service; not always the one that was called: tags and roles need others
 * @param said EC2's words without the encoded part
 * @param encoded empty where there is none
 */
record Denial(String action, String said, String encoded) {
  private static final Pattern ACTION =
      Pattern.compile("is not authorized to perform: ([a-zA-Z0-9-]+:[A-Za-z]+)");
  private static final Pattern ENCODED =
      Pattern.compile("\\s*Encoded authorization failure message:\\s*(\\S+)");

  static Denial of(String called, String message) {
    Matcher named = ACTION.matcher(message);
    Matcher encoded = ENCODED.matcher(message);
    return new Denial(
        named.find() ? named.group(1) : "ec2:" + called,
        encoded.replaceAll("").strip(),
        encoded.reset().find() ? encoded.group(1) : "");
  }

  /** What to allow, and which option spares it. */
  String remedy() {
    String option = RequiredPermissions.option(action);
    return "Allow "
        + action
        + " to these credentials"
        + (option.isEmpty() ? "" : ", which " + option + " needs")
        + "; 'wcs-ami policy' prints all that this configuration needs, 'wcs-ami plan' asks EC2"
        + " for it beforehand."
        + (encoded.isEmpty()
            ? ""
            : "\nMore is in its encoded message: aws sts decode-authorization-message"
                + " --encoded-message "
                + encoded);
  }
}

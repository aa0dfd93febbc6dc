package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No text shows a secret, whatever the secret is and whatever stands around it. */
class SecretMaskPropertiesTest {

  @Property
  void noTextShowsASecret(
      @ForAll("secrets") String secret,
      @ForAll("texts") String before,
      @ForAll("texts") String after) {
    SecretMask mask = new SecretMask();
    mask.add(secret);

    for (String form :
        new String[] {
          secret,
          Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)),
          HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)),
          URLEncoder.encode(secret, StandardCharsets.UTF_8)
        }) {
      assertThat(mask.mask(before + form + after)).doesNotContain(form);
    }
  }

  @Property
  void aTextThatWasMaskedStaysAsItIs(
      @ForAll("secrets") String secret, @ForAll("texts") String text) {
    SecretMask mask = new SecretMask();
    mask.add(secret);
    String once = mask.mask(text + secret + text);

    assertThat(mask.mask(once)).isEqualTo(once);
  }

  @Property
  void aTextThatSharesNothingWithTheSecretIsLeftAlone(
      @ForAll("secrets") String secret, @ForAll("otherTexts") String text) {
    SecretMask mask = new SecretMask();
    mask.add(secret);

    assertThat(mask.mask(text)).isEqualTo(text);
  }

  @Property
  void aSecretOfManyLinesIsHiddenLineByLine(
      @ForAll("secrets") String first, @ForAll("secrets") String second) {
    Assume.that(!first.equals(second));
    SecretMask mask = new SecretMask();
    mask.add(first + "\n" + second);

    assertThat(mask.mask("line: " + first)).doesNotContain(first);
    assertThat(mask.mask("line: " + second)).doesNotContain(second);
  }

  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('0', '9')
        .withChars("+/=_%$&\"'\\")
        .ofMinLength(12)
        .ofMaxLength(80);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().ascii().ofMaxLength(60);
  }

  /** Of letters that no form of a secret has six of in a row. */
  @Provide
  Arbitrary<String> otherTexts() {
    return Arbitraries.strings().withChars(" .,:;()[]{}<>#!?*~\n").ofMaxLength(200);
  }
}

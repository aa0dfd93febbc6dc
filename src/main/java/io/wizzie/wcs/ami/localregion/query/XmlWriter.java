package io.wizzie.wcs.ami.localregion.query;

/** Writes elements and text, escaped; what XML 1.0 has no way to say becomes U+FFFD. */
final class XmlWriter {
  private final StringBuilder xml =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  XmlWriter open(String element) {
    xml.append('<').append(element).append('>');
    return this;
  }

  XmlWriter openRoot(String element, String namespace) {
    xml.append('<').append(element).append(" xmlns=\"").append(namespace).append("\">");
    return this;
  }

  XmlWriter close(String element) {
    xml.append("</").append(element).append('>');
    return this;
  }

  XmlWriter element(String element, String text) {
    open(element);
    text.codePoints().forEach(this::escape);
    return close(element);
  }

  @Override
  public String toString() {
    return xml.toString();
  }

  private void escape(int character) {
    switch (character) {
      case '<' -> xml.append("&lt;");
      case '>' -> xml.append("&gt;");
      case '&' -> xml.append("&amp;");
      case '"' -> xml.append("&quot;");
      // A parser turns a bare carriage return into a line feed.
      case '\r' -> xml.append("&#13;");
      default -> xml.appendCodePoint(allowed(character) ? character : 0xFFFD);
    }
  }

  /** The production Char of XML 1.0. */
  private static boolean allowed(int character) {
    return character == '\t'
        || character == '\n'
        || (character >= 0x20 && character <= 0xD7FF)
        || (character >= 0xE000 && character <= 0xFFFD)
        || character >= 0x10000;
  }
}

package io.wizzie.wcs.ami.chef;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Ruby program, as far as it can be read without Ruby.
 *
 * @param code its lines without comments, {@code =begin} to {@code =end}, the inner lines of
 *     strings, here-documents, and what follows {@code __END__}
 * @param certain of these the statements that run whatever happens: neither indented nor between a
 *     block's or a condition's lines
 */
record RubyText(List<String> code, List<String> certain) {
  private static final Pattern HEREDOC =
      Pattern.compile("<<([~-]?)(['\"`]?)([A-Za-z_]\\w*)\\2(?=[\\s,.)\\]}]|$)");
  private static final Pattern OPENS =
      Pattern.compile(
          "(?:if|unless|case|begin|while|until|for|def|class|module)\\b.*"
              + "|.*(?:\\bdo|\\{)(?:\\s*\\|[^|]*\\|)?\\s*");
  private static final Pattern CLOSES = Pattern.compile("(?:end\\b|\\}).*");

  static RubyText of(String text) {
    List<String> code = statements(text);
    List<String> certain = new ArrayList<>();
    int depth = 0;
    for (String line : code) {
      if (line.isEmpty() || Character.isWhitespace(line.charAt(0))) {
        continue;
      }
      if (CLOSES.matcher(line).matches()) {
        depth = Math.max(0, depth - 1);
      } else if (OPENS.matcher(line).matches()) {
        depth++;
      } else if (depth == 0) {
        certain.add(line.stripTrailing());
      }
    }
    return new RubyText(List.copyOf(code), List.copyOf(certain));
  }

  private static List<String> statements(String text) {
    List<String> code = new ArrayList<>();
    Deque<Matcher> heredocs = new ArrayDeque<>();
    boolean comment = false;
    char quote = 0;
    for (String line : text.lines().toList()) {
      if (!heredocs.isEmpty()) {
        Matcher heredoc = heredocs.peekFirst();
        if ((heredoc.group(1).isEmpty() ? line : line.strip()).equals(heredoc.group(3))) {
          heredocs.removeFirst();
        }
        continue;
      }
      if (comment || line.startsWith("=begin")) {
        comment = !line.startsWith("=end");
        continue;
      }
      if (line.equals("__END__")) {
        break;
      }
      boolean inString = quote != 0;
      int end = 0;
      for (; end < line.length(); end++) {
        char c = line.charAt(end);
        if (quote == 0 && c == '#') {
          break;
        }
        if (c == '\\') {
          end++;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
          quote = c;
        } else if (c == quote) {
          quote = 0;
        }
      }
      if (inString) {
        continue;
      }
      String statement = line.substring(0, Math.min(end, line.length()));
      if (quote == 0) {
        for (Matcher heredoc = HEREDOC.matcher(statement); heredoc.find(); ) {
          Matcher found = HEREDOC.matcher(statement);
          if (found.find(heredoc.start())) {
            heredocs.addLast(found);
          }
        }
      }
      code.add(statement);
    }
    return code;
  }
}

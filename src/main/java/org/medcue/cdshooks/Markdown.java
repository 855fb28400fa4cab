package org.medcue.cdshooks;

import java.util.regex.Pattern;

/**
 * Makes text that comes from a chart harmless inside GitHub-flavoured Markdown: it shows as it was
 * written and can neither format, nor link, nor carry HTML.
 */
final class Markdown {

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]|~#!]");
  private static final Pattern LINK = Pattern.compile("(?i)(www)\\.|(https?|ftp)://");

  private Markdown() {}

  static String escape(String text) {
    String line = CONTROL.matcher(text).replaceAll(" ").strip();
    String quoted = SPECIAL.matcher(line).replaceAll("\\\\$0");
    // GitHub turns bare addresses into links; an escaped dot or slash stops that.
    String unlinked =
        LINK.matcher(quoted)
            .replaceAll(
                m -> m.group(1) != null ? m.group(1) + "\\\\." : m.group(2) + ":\\\\/\\\\/");
    return unlinked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

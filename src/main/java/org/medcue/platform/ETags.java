package org.medcue.platform;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Revisions as entity tags (RFC 9110, section 8.8.3), so that nobody overwrites unseen changes. */
public final class ETags {

  private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

  private ETags() {}

  /** The tag of a revision. */
  public static String of(long revision) {
    return "\"" + revision + "\"";
  }

  /**
   * The revision that {@code If-Match} names.
   *
   * @throws RequestRefusedException 428 if the header is missing, 400 if it is not one tag
   */
  public static long required(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw new RequestRefusedException(428, "If-Match", "send the ETag that you read");
    }
    Matcher tag = ETAG.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw new RequestRefusedException(400, "If-Match", "must be one ETag, such as \"3\"");
    }
    return Long.parseLong(tag.group(1));
  }
}

package org.medcue.registry;

import java.util.regex.Pattern;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;

/**
 * Names a version of a model.
 *
 * @param model such as {@code mrkpa}
 * @param version such as {@code 2.1.0}
 */
public record VersionRef(String model, String version) {

  private static final Pattern MODEL = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+-]{0,39}");

  /** As in semantic versions no leading zeros, and no number that somebody would read wrongly. */
  private static final Pattern ODD_NUMBER =
      Pattern.compile("(?:^|[.-])(?:0[0-9]+|[0-9]{10,})(?=[.+-]|$)");

  /**
   * @throws IllegalArgumentException if one of the two is not a plain name: both name folders
   */
  public VersionRef {
    if (!MODEL.matcher(model).matches()
        || !VERSION.matcher(version).matches()
        || version.contains("..")) {
      throw new IllegalArgumentException("not a model version; expected one such as mrkpa/2.1.0");
    }
  }

  /**
   * Reads {@code mrkpa/2.1.0}.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static VersionRef parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not a model version; expected one such as mrkpa/2.1.0");
    }
    return new VersionRef(parts[0], parts[1]);
  }

  /**
   * The version that a folder says it holds.
   *
   * @throws ModelException if it says none, or one with numbers such as 02 or of over 9 digits
   */
  static VersionRef of(ModelFolder folder) {
    String release = folder.manifest().version().split("\\+", 2)[0];
    if (ODD_NUMBER.matcher(release).find()) {
      throw new ModelException(
          "the manifest names a version whose numbers have leading zeros or more than 9 digits; use"
              + " one such as 2.1.0");
    }
    try {
      return new VersionRef(folder.manifest().model(), folder.manifest().version());
    } catch (IllegalArgumentException e) {
      throw new ModelException("the manifest names " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return model + "/" + version;
  }
}

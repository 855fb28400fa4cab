package org.medcue.platform.sealing;

/** What became of a sealed value that somebody wants to read. */
public sealed interface Opened {

  /** Its name for people and interfaces. */
  String state();

  /** The content. */
  record Content(byte[] bytes) implements Opened {
    @Override
    public String state() {
      return "available";
    }
  }

  /** It expired or was erased, or never was. */
  record Gone() implements Opened {
    @Override
    public String state() {
      return "expired";
    }
  }

  /** The key that wraps its data key is not configured. */
  record KeyMissing(String keyId) implements Opened {
    @Override
    public String state() {
      return "key-missing";
    }
  }

  /** It is not what was sealed for this row: changed, or moved from another. */
  record Damaged() implements Opened {
    @Override
    public String state() {
      return "damaged";
    }
  }
}

package org.medcue.fhir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How much one query may still read, over all its pages and after decompression. */
final class ByteBudget {

  private long left;

  /**
   * @param bytes fewer than 2 GB
   */
  ByteBudget(long bytes) {
    this.left = bytes;
  }

  /** There is more to read than may be. */
  static final class Exceeded extends Exception {
    private static final long serialVersionUID = 1L;

    Exceeded() {
      super("too large", null, false, false);
    }
  }

  /** Reads a body to its end. */
  byte[] read(InputStream body, boolean gzip) throws IOException, Exceeded {
    byte[] bytes = bounded(body);
    if (gzip) {
      bytes = bounded(new GZIPInputStream(new ByteArrayInputStream(bytes)));
    }
    left -= bytes.length;
    return bytes;
  }

  private byte[] bounded(InputStream in) throws IOException, Exceeded {
    byte[] bytes = in.readNBytes((int) left + 1);
    if (bytes.length > left) {
      throw new Exceeded();
    }
    return bytes;
  }
}

package org.medcue.registry;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.medcue.platform.RequestRefusedException;

/** Unpacks what somebody sent as the files of a version, trusting none of it. */
final class VersionArchive {

  /** A version has a dozen files. */
  private static final int MAX_FILES = 100;

  private static final int CHUNK = 64 * 1024;
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final long most;
  private long read;
  private long written;

  private VersionArchive(long most) {
    this.most = most;
  }

  /**
   * Unpacks a zip archive of plain files, without folders.
   *
   * @param folder an empty one
   * @param most bytes of the archive, and of what comes out of it
   * @throws RequestRefusedException 400 if it is no such archive or names a path, 413 if it is, or
   *     holds, more than that
   * @throws IOException if the disk does not take it
   */
  static void unpack(InputStream archive, Path folder, long most) throws IOException {
    new VersionArchive(most).unpack(archive, folder);
  }

  private void unpack(InputStream archive, Path folder) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(counted(archive))) {
      int files = 0;
      for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
        if (!PLAIN_NAME.matcher(entry.getName()).matches()) {
          throw new RequestRefusedException(
              400,
              "archive",
              "holds an entry that is no plain file name: zip the files of a version's folder,"
                  + " without folders");
        }
        if (++files > MAX_FILES) {
          throw new RequestRefusedException(
              400, "archive", "holds more than " + MAX_FILES + " files");
        }
        write(zip, folder.resolve(entry.getName()));
      }
      if (files == 0) {
        throw new RequestRefusedException(400, "archive", "must be a zip archive with files");
      }
    }
  }

  private static ZipEntry next(ZipInputStream zip) throws IOException {
    try {
      return zip.getNextEntry();
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw broken();
    }
  }

  private void write(ZipInputStream zip, Path file) throws IOException {
    if (Files.exists(file)) {
      throw new RequestRefusedException(400, "archive", "holds two files of one name");
    }
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int count = read(zip, chunk); count >= 0; count = read(zip, chunk)) {
        written += count;
        requireFits(written);
        out.write(chunk, 0, count);
      }
    }
  }

  private static int read(ZipInputStream zip, byte[] chunk) throws IOException {
    try {
      return zip.read(chunk);
    } catch (ZipException | EOFException e) {
      throw broken();
    }
  }

  private InputStream counted(InputStream archive) {
    return new FilterInputStream(archive) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int count = fromClient(in, bytes, from, length);
        read += Math.max(0, count);
        requireFits(read);
        return count;
      }
    };
  }

  private static int fromClient(InputStream in, byte[] bytes, int from, int length) {
    try {
      return in.read(bytes, from, length);
    } catch (IOException e) {
      throw new RequestRefusedException(400, "archive", "broken off");
    }
  }

  private void requireFits(long bytes) {
    if (bytes > most) {
      throw new RequestRefusedException(
          413, "archive", "is, or holds, more than medcue.registry.max-upload: " + most + " bytes");
    }
  }

  private static RequestRefusedException broken() {
    return new RequestRefusedException(
        400, "archive", "is damaged, or no zip archive: send it anew");
  }
}

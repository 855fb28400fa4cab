package org.medcue.cdshooks;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.medcue.platform.JsonBody;
import org.medcue.platform.RequestRefusedException;

/**
 * Reads bodies before their calls take a place: a client that sends slowly keeps nobody waiting.
 * Small bodies are read as they come; large ones, which are what fills the memory, so many at once
 * as the heap holds.
 */
@ApplicationScoped
class BodiesAtOnce {

  /** Every thread of the service may hold one. */
  private static final int SMALL = 128 * 1024;

  /** The largest body, twice while it grows, and what it becomes when it is parsed. */
  private static final long HEAP_FOR_ONE = 96L * 1024 * 1024;

  private final Places large;

  @Inject
  BodiesAtOnce(CallsConfig calls, MeterRegistry meters) {
    this(calls.places("large calls", largeAtOnce()).shownIn(meters));
  }

  /**
   * @param large where large bodies are read and answered
   */
  BodiesAtOnce(Places large) {
    this.large = large;
  }

  private static int largeAtOnce() {
    Runtime runtime = Runtime.getRuntime();
    long fitting = Math.min(1_000, runtime.maxMemory() / HEAP_FOR_ONE);
    return Math.max(2, (int) Math.min(fitting, 2L * runtime.availableProcessors()));
  }

  /**
   * Answers a body that was read, or that is longer than a body may be.
   *
   * @throws RequestRefusedException 400 where it breaks off, 503 where too many large ones are
   *     answered
   */
  <T> T answer(InputStream body, Function<byte[], T> answer) {
    Arriving arriving = new Arriving(body);
    if (arriving.ends(SMALL)) {
      return answer.apply(arriving.bytes());
    }
    return large.work(
        () -> {
          arriving.ends(JsonBody.MAX_BYTES + 1);
          return answer.apply(arriving.bytes());
        });
  }

  private static final class Arriving {
    private final InputStream in;
    private ByteArrayOutputStream read = new ByteArrayOutputStream();

    Arriving(InputStream in) {
      this.in = in;
    }

    /** Reads so many bytes in all; whether it ended before. */
    boolean ends(int bytes) {
      try {
        read.writeBytes(in.readNBytes(bytes - read.size()));
      } catch (IOException e) {
        throw new RequestRefusedException(400, "body", "broken off");
      }
      return read.size() < bytes;
    }

    /** All that was read, which is forgotten here. */
    byte[] bytes() {
      byte[] bytes = read.toByteArray();
      read = new ByteArrayOutputStream(0);
      return bytes;
    }
  }
}

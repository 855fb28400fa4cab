package org.medcue.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a request body as JSON without trusting it. */
public final class JsonBody {

  /** FHIR resources and hook requests stay far below; a parser bomb does not. */
  private static final int MAX_DEPTH = 100;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private JsonBody() {}

  /**
   * Parses one JSON object.
   *
   * @throws RequestRefusedException (400) saying where the body stops being JSON, never quoting it
   */
  public static JsonNode object(byte[] body) {
    JsonNode json = parse(body);
    if (!json.isObject()) {
      throw new RequestRefusedException(400, "body", "must be a JSON object");
    }
    return json;
  }

  private static JsonNode parse(byte[] body) {
    if (body.length == 0) {
      throw new RequestRefusedException(400, "body", "missing, must be a JSON object");
    }
    try {
      return READER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new RequestRefusedException(
          400, "body", "not JSON, or nested deeper than " + MAX_DEPTH + where(e.getLocation()));
    } catch (IOException e) {
      throw new RequestRefusedException(400, "body", "not JSON in UTF-8");
    }
  }

  private static String where(@Nullable JsonLocation at) {
    return at == null ? "" : ", at line " + at.getLineNr() + " column " + at.getColumnNr();
  }
}

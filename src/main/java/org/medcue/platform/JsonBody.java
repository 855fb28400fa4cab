package org.medcue.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request body as JSON without trusting it. */
public final class JsonBody {

  /** FHIR resources and hook requests stay far below; a parser bomb does not. */
  private static final int MAX_DEPTH = 100;

  /** Names and values together; a chart of 10 MB has some 700,000. */
  private static final int MAX_TOKENS = 1_000_000;

  /** An attached picture fits in; it is not read. */
  private static final int MAX_STRING = 8 * 1024 * 1024;

  private static final int MAX_NAME = 1_000;

  /** FHIR decimals have 18 digits at most. */
  private static final int MAX_NUMBER = 100;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(MAX_TOKENS)
                          .maxStringLength(MAX_STRING)
                          .maxNameLength(MAX_NAME)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // A draft order goes back as it came: FHIR decimals keep their digits.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  /** The most bytes of a body; the web server's own limit lies above and has no body to tell it. */
  public static final int MAX_BYTES = 10 * 1024 * 1024;

  private JsonBody() {}

  /**
   * Reads and parses one JSON object that may have these members and no others: one that is
   * misspelt would be passed over, and something else done than was asked for.
   *
   * @throws RequestRefusedException as below, and (400) if it has another member
   */
  public static JsonNode object(InputStream body, List<String> members) {
    JsonNode json = object(body);
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!members.contains(name)) {
                throw new RequestRefusedException(
                    400, "body", "has a member that is not known here; there are " + members);
              }
            });
    return json;
  }

  /**
   * Reads and parses one JSON object.
   *
   * @throws RequestRefusedException (400) saying where the body stops being JSON, never quoting it;
   *     (413) if it is longer than 10 MB
   */
  public static JsonNode object(InputStream body) {
    try {
      return object(body.readNBytes(MAX_BYTES + 1));
    } catch (IOException e) {
      throw new RequestRefusedException(400, "body", "broken off");
    }
  }

  /**
   * Parses one JSON object.
   *
   * @throws RequestRefusedException as above
   */
  public static JsonNode object(byte[] body) {
    if (body.length > MAX_BYTES) {
      throw new RequestRefusedException(413, "body", "larger than 10 MB");
    }
    JsonNode json = parse(body);
    if (!json.isObject()) {
      throw new RequestRefusedException(400, "body", "must be a JSON object");
    }
    requirePlainNumbers(json);
    return json;
  }

  private static JsonNode parse(byte[] body) {
    if (body.length == 0) {
      throw new RequestRefusedException(400, "body", "missing, must be a JSON object");
    }
    try {
      return READER.readTree(body);
    } catch (StreamConstraintsException e) {
      throw new RequestRefusedException(
          400,
          "body",
          "nested deeper than %d, of more than %d names and values, or with a name over %d, a number"
                  .formatted(MAX_DEPTH, MAX_TOKENS, MAX_NAME)
              + " over %d or a text over %d characters".formatted(MAX_NUMBER, MAX_STRING)
              + where(e.getLocation()));
    } catch (JsonProcessingException e) {
      throw new RequestRefusedException(400, "body", "not JSON" + where(e.getLocation()));
    } catch (IOException e) {
      throw new RequestRefusedException(400, "body", "not JSON in UTF-8");
    }
  }

  /** Written out, {@code 1e999999999} fills a gigabyte. */
  private static void requirePlainNumbers(JsonNode json) {
    if (json.isBigDecimal() && Math.abs((long) json.decimalValue().scale()) > MAX_NUMBER) {
      throw new RequestRefusedException(
          400, "body", "holds a number with an exponent beyond " + MAX_NUMBER);
    }
    json.forEach(JsonBody::requirePlainNumbers);
  }

  private static String where(@Nullable JsonLocation at) {
    return at == null ? "" : ", at line " + at.getLineNr() + " column " + at.getColumnNr();
  }
}

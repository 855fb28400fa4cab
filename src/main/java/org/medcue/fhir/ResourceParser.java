package org.medcue.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IJsonLikeParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import ca.uhn.fhir.parser.json.jackson.JacksonStructure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Parses one resource with HAPI FHIR, logging nothing of it. */
final class ResourceParser {

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private final IJsonLikeParser parser;

  ResourceParser() {
    parser = (IJsonLikeParser) FHIR.newJsonParser();
    parser.setParserErrorHandler(new SilentHandler());
  }

  /**
   * The resource, or empty where it has the form of FHIR but cannot be understood: a value outside
   * its value set, an impossible date, or a modifierExtension, which FHIR R4 (2.4.1.1) forbids to
   * ignore.
   *
   * @throws FhirJson.NotFhir if its JSON types are not those of FHIR R4
   */
  Optional<Resource> parse(JsonNode json) throws FhirJson.NotFhir {
    return modified(json) ? Optional.empty() : parseCut(FhirJson.cut(json));
  }

  private static boolean modified(JsonNode json) {
    return !json.path("modifierExtension").isEmpty();
  }

  private Optional<Resource> parseCut(ObjectNode cut) throws FhirJson.NotFhir {
    JacksonStructure structure = new JacksonStructure();
    structure.setNativeObject(cut);
    try {
      return Optional.of((Resource) parser.parseResource(structure));
    } catch (WrongType e) {
      throw new FhirJson.NotFhir();
    } catch (DataFormatException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      // HAPI takes some forms for granted: objects in an array of resources, names that are not ""
      throw new FhirJson.NotFhir();
    }
  }

  /**
   * As {@link #parse(JsonNode)}, for what a client sent.
   *
   * @throws MalformedFhirException if its JSON types are not those of FHIR R4
   */
  Optional<Resource> parse(SentResource sent) {
    try {
      return parse(sent.json());
    } catch (FhirJson.NotFhir e) {
      throw malformed(sent);
    }
  }

  /** As {@link #parse(SentResource)}, with those elements alone. */
  Optional<Resource> parse(SentResource sent, Set<String> elements) {
    try {
      return modified(sent.json())
          ? Optional.empty()
          : parseCut(FhirJson.cut(sent.json(), elements));
    } catch (FhirJson.NotFhir e) {
      throw malformed(sent);
    }
  }

  private static MalformedFhirException malformed(SentResource sent) {
    return new MalformedFhirException(
        sent.place(), "a " + sent.type() + " with the JSON types of FHIR R4");
  }

  private static final class WrongType extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class SilentHandler extends LenientErrorHandler {

    SilentHandler() {
      super(false);
    }

    @Override
    public void incorrectJsonType(
        @Nullable IParseLocation location,
        String element,
        ValueType expected,
        @Nullable ScalarType expectedScalar,
        ValueType found,
        @Nullable ScalarType foundScalar) {
      throw new WrongType();
    }
  }
}

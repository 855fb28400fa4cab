package org.medcue.harness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/**
 * Things of a patient that occur nowhere else, so that they are found wherever they come to light.
 * {@link HookRequests} puts some of them into every request of the tests; {@code WholeLogIT} looks
 * for all of them in all that the test run wrote.
 */
public final class Planted {

  public static final String NAME = "Quillfeather-Zaphrentis";
  public static final String ICD_CODE = "W61.62";
  public static final String MESSAGE = "昨夜梦见紫色长颈鹿之后开始胃痛";
  public static final String ALLERGY = "powdered moonstone";
  public static final String NOTE = "the patient is a lighthouse keeper";
  public static final String COMMENT = "her cousin the beekeeper objects";
  public static final String TOKEN = "eyJwbGFudGVkIjoidG9rZW4ifQ";

  /** Every patient of the tests but the bundled ones. */
  public static final String PATIENT = "p-7q7q-";

  public static final List<String> ALL =
      List.of(NAME, ICD_CODE, MESSAGE, ALLERGY, NOTE, COMMENT, TOKEN, PATIENT);

  private Planted() {}

  /** Identifier of a patient that nobody else uses. */
  static String patient() {
    return PATIENT + UUID.randomUUID();
  }

  /** What everybody's request carries and no answer depends on. */
  static void into(ObjectNode request) {
    ObjectNode patient = (ObjectNode) request.at("/prefetch/patient");
    patient.putArray("name").addObject().put("family", NAME);
    patient.putObject("text").put("status", "generated").put("div", MESSAGE);
    request.putObject("extension").put("test.note", NOTE).put("test.token", TOKEN);
  }

  /** Makes them the evidence of a request as well: diagnosis, allergy, note of the order. */
  public static ObjectNode evidence(ObjectNode request) {
    String patient = HookRequests.patient(request);
    ObjectNode prefetch = HookRequests.prefetch(request);
    prefetch.set("conditions", HookRequests.searchset(condition(patient)));
    ObjectNode allergy = request.objectNode();
    allergy.put("resourceType", "AllergyIntolerance").put("id", "a-1");
    allergy.putObject("patient").put("reference", "Patient/" + patient);
    allergy.putObject("code").put("text", ALLERGY);
    prefetch.set("allergies", HookRequests.searchset(allergy));
    ObjectNode order = (ObjectNode) request.at("/context/draftOrders/entry/0/resource");
    order.putArray("note").addObject().put("text", NOTE);
    return request;
  }

  private static ObjectNode condition(String patient) {
    ObjectNode condition = HookRequests.hypertension(patient);
    ObjectNode coding = (ObjectNode) condition.at("/code/coding/0");
    coding.put("code", ICD_CODE).put("display", NAME);
    return condition;
  }
}

package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the Medications that orders refer to and that were not sent with them. */
public final class MedicationReferences {

  /** The prefetch key under which Medications that were fetched are read, as a Bundle. */
  public static final String KEY = PrefetchContent.REFERENCED_MEDICATIONS;

  private static final String MEDICATION = "Medication";
  private static final Set<String> CURRENT = Set.of("active", "on-hold");

  private MedicationReferences() {}

  /**
   * What is missing, in the order of its use: drafts, what the patient takes now, and the rest.
   *
   * @param draftOrders a Bundle
   * @param prefetch resources, Bundles or JSON null; what is none of them is passed over
   * @param server whose Medications can be read; references into other servers are passed over
   * @return queries of the form {@code Medication/id}, each once
   */
  public static List<String> missing(
      JsonNode draftOrders, Collection<JsonNode> prefetch, AllowedFhirServer server) {
    List<SentResource> sent = new ArrayList<>(resources(draftOrders));
    prefetch.forEach(value -> sent.addAll(resources(value)));
    Set<String> referred = new LinkedHashSet<>();
    for (String status : List.of("draft", "current", "any")) {
      sent.stream()
          .filter(one -> one.type().equals("MedicationRequest"))
          .map(SentResource::json)
          .filter(order -> is(order.path("status").asText(""), status))
          .forEach(order -> add(order, server, referred));
    }
    referred.removeAll(known(sent));
    return List.copyOf(referred);
  }

  private static boolean is(String status, String wanted) {
    return wanted.equals("any")
        || (wanted.equals("current") ? CURRENT.contains(status) : status.equals(wanted));
  }

  private static void add(JsonNode order, AllowedFhirServer server, Set<String> referred) {
    @Nullable String reference = order.path("medicationReference").path("reference").textValue();
    if (reference == null) {
      return;
    }
    String start = server.base() + "/";
    String relative = reference.startsWith(start) ? reference.substring(start.length()) : reference;
    @Nullable String id =
        relative.contains(":") ? null : new References().idOf(relative, MEDICATION);
    if (id != null && id.length() <= 64 && !id.replace(".", "").isEmpty()) {
      referred.add(MEDICATION + "/" + id);
    }
  }

  private static Set<String> known(List<SentResource> sent) {
    Set<String> known = new HashSet<>();
    for (SentResource one : sent) {
      if (one.type().equals(MEDICATION)) {
        known.add(MEDICATION + "/" + one.json().path("id").asText(""));
        if (one.fullUrl() != null) {
          known.add(MEDICATION + "/" + References.lastPart(one.fullUrl()));
        }
      }
    }
    return known;
  }

  private static List<SentResource> resources(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return List.of();
    }
    try {
      return SentResources.list(SentResources.open(value, ""), "");
    } catch (MalformedFhirException e) {
      // Refused with its reason where it is read
      return List.of();
    }
  }
}

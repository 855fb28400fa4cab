package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a suggestion does to the draft orders.
 *
 * @param type {@code create} or {@code update}
 * @param description for people
 * @param resource the whole resource
 */
public record Action(String type, String description, JsonNode resource) {}

package org.medcue.cdshooks;

import java.util.Map;

/**
 * A CDS service as discovery describes it (CDS Hooks 2.0, "Discovery").
 *
 * @param hook the hook that calls it
 * @param title for people
 * @param description what it does
 * @param id last part of its address
 * @param version version of CDS Hooks that it speaks
 * @param usageRequirements what it expects of a client
 * @param prefetch queries that the client may run beforehand, by key
 */
public record ServiceDescription(
    String hook,
    String title,
    String description,
    String id,
    String version,
    String usageRequirements,
    Map<String, String> prefetch) {}

package org.medcue.tenant;

/**
 * A FHIR server of a tenant from which Medcue may read.
 *
 * @param base its base URL, without a slash at its end
 * @param privateAddresses whether its name may lead to an address inside a network
 */
public record FhirServer(String base, boolean privateAddresses) {}

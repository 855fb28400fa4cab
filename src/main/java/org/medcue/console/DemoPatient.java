package org.medcue.console;

/**
 * A bundled patient as the start page introduces them.
 *
 * @param key names the file
 * @param service the CDS service that is called for them
 * @param name the invented name
 * @param about sex and age at the visit
 * @param visit date and reason of the present visit
 * @param chart what the chart holds, in numbers
 * @param request the order-select request, JSON
 * @param patientId whom that request is about
 * @param encounterId the present visit's identifier in that request
 */
record DemoPatient(
    String key,
    String service,
    String name,
    String about,
    String visit,
    String chart,
    String request,
    String patientId,
    String encounterId) {}

package org.medcue.console;

/**
 * A line of the log on the page.
 *
 * @param id of the entry
 * @param time when served, UTC
 * @param patient a bundled patient's name, otherwise the identifier
 * @param suggestions what was suggested, in order
 * @param outcome what the doctor did
 * @param model name and version
 * @param latency in milliseconds
 */
record LogRow(
    String id,
    String time,
    String patient,
    String suggestions,
    String outcome,
    String model,
    long latency) {}

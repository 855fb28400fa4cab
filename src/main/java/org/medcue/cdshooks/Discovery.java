package org.medcue.cdshooks;

import java.util.List;

/** The answer to discovery. */
public record Discovery(List<ServiceDescription> services) {}

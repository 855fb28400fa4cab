package org.medcue.platform;

/** Who may do what: every endpoint names the roles that it answers. */
public final class Roles {

  /** Enters orders, sees cards, accepts or rejects them. */
  public static final String CLINICIAN = "clinician";

  /** Manages tenants and model versions. */
  public static final String ADMIN = "admin";

  /** Reviews the log and the audit trail, and exports them. */
  public static final String AUDITOR = "auditor";

  /** An EHR that calls CDS Hooks; comes from its JWT, never from a person's token. */
  public static final String CDS_CLIENT = "cds-client";

  private Roles() {}
}

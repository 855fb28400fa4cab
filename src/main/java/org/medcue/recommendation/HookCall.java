package org.medcue.recommendation;

import java.util.Optional;
import java.util.UUID;

/**
 * Who asked about whom. Identifiers of patients, encounters and users are unique within a tenant
 * only.
 *
 * @param tenant the EHR that called
 * @param hookInstance the call, as the EHR numbers it
 * @param userId the clinician, {@code Practitioner/id} or as the hook's context has it
 * @param patientId identifier of the Patient
 * @param encounterId identifier of the present Encounter, where there is one
 */
public record HookCall(
    String tenant,
    UUID hookInstance,
    String userId,
    String patientId,
    Optional<String> encounterId) {}

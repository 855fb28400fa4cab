package org.medcue.clinical;

/**
 * Something the evidence lacks, named so that a card can say so. Never carries patient content.
 *
 * @param kind what is missing or was left out
 * @param subject where: a prefetch key or a FHIR resource type
 * @param count how many resources or codes; 1 for a whole prefetch key
 */
public record Omission(Kind kind, String subject, int count) {

  /** Why something is not part of the evidence. */
  public enum Kind {
    /** The EHR did not run the prefetch query. */
    PREFETCH_ABSENT,
    /** The query failed, the EHR's own or ours to its FHIR server. */
    PREFETCH_FAILED,
    /** There is more than was sent, or than is read. */
    PREFETCH_TRUNCATED,
    /** A resource lacks the date that would place it in time. */
    NO_DATE,
    /** A resource has no code of a system that Medcue reads. */
    NO_CODE,
    /** A SNOMED CT code that the ConceptMap does not translate. */
    UNMAPPED_CODE,
    /** A medicationReference whose Medication was not sent. */
    UNRESOLVED_MEDICATION,
    /** A resource points to an Encounter that was not sent, or is no visit with a start. */
    UNKNOWN_ENCOUNTER,
    /** Social findings, which are not among the accepted ones. */
    SOCIAL_FINDING,
    /** A code replaced by its nearest ancestor that the model knows. */
    CODE_FALLBACK,
    /** A code of which the model knows no ancestor either. */
    UNKNOWN_CODE,
    /** The resource states no usable content, such as a reference instead of a resource. */
    UNREADABLE,
    /** A reference to a diagnosis whose Condition was not sent. */
    UNRESOLVED_DIAGNOSIS,
    /** A message, or a part of one, without text: an attachment, a reference, or empty. */
    NO_TEXT,
    /** A message of which nothing says that the doctor or the patient wrote it. */
    UNKNOWN_SENDER,
    /** A message among doctors, or between patient and relatives. */
    OTHER_CONVERSATION,
    /** A message of another visit than the present one. */
    OTHER_ENCOUNTER,
    /** A message with the id of another one that says something else: the first is read. */
    SAME_ID,
    /** Utterances without a word of the language that the model reads. */
    OTHER_LANGUAGE,
    /** Utterances before the last ones that Medcue reads, or the start of a very long one. */
    TOO_LONG,
    /** Utterances of a long dialogue that the model reads by their wording only. */
    OUT_OF_CONTEXT,
    /** Utterances of a long dialogue that were not looked at for what weighed most. */
    NOT_WEIGHED
  }
}

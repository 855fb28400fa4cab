package org.medcue.clinical;

/** Why a code is part of a visit, strongest first: where several hold, the first counts. */
public enum CodeRole {
  /** The visit's stated reason ({@code Encounter.reasonCode}). */
  REASON,
  /** Recorded in this visit (a Condition of the Encounter). */
  RECORDED,
  /** An earlier problem still active when the visit began. */
  ACTIVE
}

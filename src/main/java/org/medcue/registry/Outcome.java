package org.medcue.registry;

import java.util.Locale;
import org.medcue.knowledge.KnowledgeException;
import org.medcue.model.ModelException;

/** What became of a change of a model that somebody asked for. */
public sealed interface Outcome {

  /**
   * It was made, and is in the audit trail.
   *
   * @param revision of the model since; 0 of knowledge, which only ever is registered, and of what
   *     was registered before
   */
  record Done(long revision) implements Outcome {}

  /**
   * Nothing was changed.
   *
   * @param refusal why, for programs
   * @param detail why and what to do, for people
   */
  record Refused(Refusal refusal, String detail) implements Outcome {}

  /** Why a change is not made; the codes stay the same for good. */
  enum Refusal {
    NO_SUCH_MODEL(404),
    NO_SUCH_VERSION(404),
    NO_SUCH_REQUEST(404),
    /** The model changed since it was read. */
    STALE(412),
    /** A version in this state cannot go where it should. */
    ILLEGAL_STATE(409),
    /** The model card lacks source attributes. */
    CARD_INCOMPLETE(409),
    /** The version is worse than the active one, or not evaluated by the same figure. */
    EVALUATION_WORSE(409),
    /** Whoever asked for it cannot approve it. */
    SAME_PERSON(409),
    /** The same was asked for already and waits. */
    REQUEST_OPEN(409),
    /** It was decided on before. */
    REQUEST_DECIDED(409),
    /** No version was active before this one. */
    NOTHING_BEFORE(409),
    /** Another version of that name is there. */
    VERSION_EXISTS(409),
    /** Its files are not whole, do not fit, or it does not answer as it should. */
    CANNOT_BE_SERVED(409),
    /** A version on trial is compared with the active one, and reads by other knowledge. */
    OTHER_KNOWLEDGE(409),
    /** The files of knowledge are not whole, or not what its name says. */
    CANNOT_BE_READ(409);

    private final int status;

    Refusal(int status) {
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** Such as {@code evaluation-worse}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What is wrong with the files or the answers of a version. */
  static Refused refused(ModelException unusable) {
    return refused(Refusal.CANNOT_BE_SERVED, String.valueOf(unusable.getMessage()));
  }

  /** What is wrong with the files of knowledge. */
  static Refused refused(KnowledgeException unreadable) {
    return refused(Refusal.CANNOT_BE_READ, String.valueOf(unreadable.getMessage()));
  }

  static Refused refused(Refusal refusal, String detail) {
    return new Refused(refusal, detail);
  }
}

package org.medcue.recommendation;

import java.util.Collection;
import java.util.TreeSet;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.StatedDiagnosis;
import org.medcue.clinical.Utterance;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.platform.FieldDigest;

/**
 * SHA-256 over a canonical text of the evidence, so that the log can prove what a recommendation
 * rested on without keeping it.
 */
final class EvidenceDigest {

  private final FieldDigest text = new FieldDigest();

  private EvidenceDigest() {}

  /** 64 hexadecimal digits; the same for equal evidence, in whatever order sets iterate. */
  static String of(PatientEvidence evidence) {
    EvidenceDigest digest = new EvidenceDigest();
    if (evidence instanceof VisitEvidence chart) {
      digest.visits(chart.visits());
    } else if (evidence instanceof DialogueEvidence talk) {
      digest.dialogue(talk);
    }
    digest.codes("current", evidence.currentDrugs());
    digest.field("allergies", evidence.allergies().size());
    evidence.allergies().forEach(digest::allergy);
    digest.field("omissions", evidence.omissions());
    return digest.text.sha256();
  }

  private void visits(VisitSequence visits) {
    field("visits", visits.history().size());
    visits.history().forEach(this::visit);
    visit(visits.present());
  }

  private void dialogue(DialogueEvidence evidence) {
    field("utterances", evidence.dialogue().utterances().size());
    for (Utterance utterance : evidence.dialogue().utterances()) {
      field("speaker", utterance.speaker());
      field("text", utterance.text());
    }
    field("stated", evidence.diagnoses().size());
    for (StatedDiagnosis diagnosis : evidence.diagnoses()) {
      field("source", diagnosis.source());
      field("codes", diagnosis.codes());
      field("texts", diagnosis.texts().size());
      diagnosis.texts().forEach(words -> field("words", words));
    }
  }

  private void visit(Visit visit) {
    field("visit", visit.id());
    field("start", visit.start());
    field("diagnoses", visit.diagnoses());
    field("symptoms", visit.symptoms());
    codes("drugs", visit.drugs());
  }

  private void allergy(Allergy allergy) {
    field("substance", allergy.substance().map(DrugCode::value).orElse(""));
    field("text", allergy.text());
  }

  private void codes(String name, Collection<?> codes) {
    TreeSet<String> sorted = new TreeSet<>();
    codes.forEach(code -> sorted.add(code.toString()));
    field(name, sorted);
  }

  private void field(String name, Object value) {
    text.field(name, value);
  }
}

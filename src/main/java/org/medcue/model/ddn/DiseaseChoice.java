package org.medcue.model.ddn;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DiseaseRead;
import org.medcue.clinical.DiseaseRead.Basis;
import org.medcue.clinical.StatedDiagnosis;
import org.medcue.clinical.StatedDiagnosis.Source;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.knowledge.DialogueDiseases;

/**
 * Chooses the one disease that the network is told, as the paper's annotators marked one (DDN
 * paper, appendix A.2): that which is stated; "other" where several of the model's diseases are
 * stated, or none. A stated disease that is none of them does not count beside one that is.
 *
 * @param disease one of the model's diseases
 * @param basis why this one
 */
record DiseaseChoice(DialogueDisease disease, Basis basis) {

  static DiseaseChoice of(List<StatedDiagnosis> stated, DialogueDiseases diseases) {
    Set<DialogueDisease> named = new LinkedHashSet<>();
    stated.forEach(diagnosis -> named.addAll(diseasesOf(diagnosis, diseases)));
    if (named.size() == 1) {
      boolean reason = stated.get(0).source() == Source.ORDER;
      return new DiseaseChoice(named.iterator().next(), reason ? Basis.ORDER : Basis.ENCOUNTER);
    }
    Basis basis = stated.isEmpty() ? Basis.NONE : named.isEmpty() ? Basis.UNKNOWN : Basis.SEVERAL;
    return new DiseaseChoice(diseases.other(), basis);
  }

  /** By its codes; by its words where no code means one of the diseases. */
  private static Set<DialogueDisease> diseasesOf(
      StatedDiagnosis diagnosis, DialogueDiseases diseases) {
    Set<DialogueDisease> named = new LinkedHashSet<>();
    diagnosis.codes().stream()
        .map(DiagnosisCode::value)
        .forEach(code -> named.add(diseases.ofCode(code)));
    named.remove(diseases.other());
    if (named.isEmpty()) {
      diagnosis.texts().forEach(text -> named.add(diseases.ofName(text)));
      named.remove(diseases.other());
    }
    return named;
  }

  /** For people. */
  DiseaseRead read() {
    return new DiseaseRead(disease.label(), disease.english(), basis);
  }
}

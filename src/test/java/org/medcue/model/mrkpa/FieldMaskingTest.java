package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.TokenSet;
import org.medcue.model.visits.Vocabulary;

class FieldMaskingTest {

  private static final int DRAWS = 4000;
  private static final int CODES = 10;

  private static final int DIAGNOSIS = 100;
  private static final int DRUG = 200;
  private static final int SYMPTOM = 300;

  /** Ten codes of each field, with roles 1, 2 and 3 in turn. */
  private static final EncodedVisit VISIT =
      new EncodedVisit(
          set(Vocabulary.CLS_DIAGNOSES, DIAGNOSIS),
          set(Vocabulary.CLS_SYMPTOMS, SYMPTOM),
          set(Vocabulary.CLS_DRUGS, DRUG),
          new int[] {1, 2},
          true);

  private static final Map<Integer, Function<EncodedVisit, TokenSet>> FIELDS =
      Map.of(
          DIAGNOSIS,
          EncodedVisit::diagnoses,
          DRUG,
          EncodedVisit::drugs,
          SYMPTOM,
          EncodedVisit::symptoms);

  private static TokenSet set(int cls, int first) {
    SortedMap<Integer, Integer> roles = new TreeMap<>();
    IntStream.range(0, CODES).forEach(i -> roles.put(first + i, 1 + i % 3));
    return TokenSet.of(cls, roles);
  }

  private static FieldMasking masking(List<EncodedVisit> visits, int seed) {
    return new FieldMasking(
        FieldCodes.of(visits, EncodedVisit::diagnoses),
        FieldCodes.of(visits, EncodedVisit::drugs),
        FieldCodes.of(visits, EncodedVisit::symptoms),
        new Random(seed));
  }

  /** A code that is drawn to replace itself, one time in ten, looks as if it had stayed. */
  @Test
  void fifteenOfAHundredCodesAreChosenAndEightOfTenOfTheseMasked() {
    FieldMasking masking = masking(List.of(VISIT), 1);
    Map<Integer, int[]> counts = new TreeMap<>(); // by field: masked, replaced
    for (int draw = 0; draw < DRAWS; draw++) {
      EncodedVisit masked = masking.mask(VISIT);
      FIELDS.forEach(
          (first, field) -> {
            int[] count = counts.computeIfAbsent(first, f -> new int[2]);
            for (int i = 1; i <= CODES; i++) {
              int token = field.apply(masked).token(i);
              count[0] += token == Vocabulary.MASK ? 1 : 0;
              count[1] += token != Vocabulary.MASK && token != first + i - 1 ? 1 : 0;
            }
          });
    }
    double all = DRAWS * CODES;
    assertThat(counts).hasSize(3);
    // Three deviations of 40,000 draws: 0.005 for the masked, 0.0018 for the replaced.
    counts.forEach(
        (field, count) -> {
          assertThat(count[0] / all).as("masked of %d", field).isCloseTo(0.12, within(0.005));
          assertThat(count[1] / all).as("replaced of %d", field).isCloseTo(0.0135, within(0.0018));
        });
  }

  @Test
  void replacementIsAnyCodeOfTheSameField() {
    FieldMasking masking = masking(List.of(VISIT), 2);
    Map<Integer, Set<Integer>> seen = new TreeMap<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      EncodedVisit masked = masking.mask(VISIT);
      FIELDS.forEach(
          (first, field) -> {
            // The first code's place alone: what stands there has replaced it.
            int token = field.apply(masked).token(1);
            seen.computeIfAbsent(first, f -> new HashSet<>()).add(token);
          });
    }
    seen.forEach(
        (first, tokens) -> {
          tokens.remove(Vocabulary.MASK);
          assertThat(tokens)
              .containsExactlyInAnyOrderElementsOf(
                  IntStream.range(first, first + CODES).boxed().toList());
        });
  }

  @Test
  void firstTokenRolesAndLengthStay() {
    FieldMasking masking = masking(List.of(VISIT), 3);
    for (int draw = 0; draw < DRAWS; draw++) {
      EncodedVisit masked = masking.mask(VISIT);
      FIELDS
          .values()
          .forEach(
              field -> {
                TokenSet before = field.apply(VISIT);
                TokenSet after = field.apply(masked);
                assertThat(after.length()).isEqualTo(before.length());
                assertThat(after.token(0)).isEqualTo(before.token(0));
                for (int i = 0; i < before.length(); i++) {
                  assertThat(after.role(i)).isEqualTo(before.role(i));
                }
              });
    }
  }

  @Test
  void visitItselfIsNotTouchedAndItsLabelsAreLeftOut() {
    FieldMasking masking = masking(List.of(VISIT), 4);
    for (int draw = 0; draw < 100; draw++) {
      assertThat(masking.mask(VISIT).labels()).isEmpty();
    }
    assertThat(VISIT.diagnoses()).isEqualTo(set(Vocabulary.CLS_DIAGNOSES, DIAGNOSIS));
  }

  @Test
  void fieldWithoutAnyCodeHasNothingToMaskOrToReplaceWith() {
    TokenSet none = TokenSet.of(Vocabulary.CLS_SYMPTOMS, new TreeMap<>());
    EncodedVisit visit =
        new EncodedVisit(VISIT.diagnoses(), none, VISIT.drugs(), VISIT.labels(), true);
    FieldCodes symptoms = FieldCodes.of(List.of(visit), EncodedVisit::symptoms);
    FieldMasking masking = masking(List.of(visit), 5);
    for (int draw = 0; draw < DRAWS; draw++) {
      assertThat(masking.mask(visit).symptoms()).isEqualTo(none);
    }
    assertThat(symptoms.count()).isEqualTo(1);
    assertThat(symptoms.multiHot(List.of(visit, visit))).containsExactly(0, 0);
  }

  @Test
  void sameSeedMasksTheSame() {
    FieldMasking one = masking(List.of(VISIT), 6);
    FieldMasking two = masking(List.of(VISIT), 6);
    for (int draw = 0; draw < 100; draw++) {
      EncodedVisit masked = one.mask(VISIT);
      EncodedVisit again = two.mask(VISIT);
      FIELDS.values().forEach(f -> assertThat(f.apply(again)).isEqualTo(f.apply(masked)));
    }
  }
}

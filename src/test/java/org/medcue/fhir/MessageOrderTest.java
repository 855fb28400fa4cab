package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DateTimeType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Speaker;

class MessageOrderTest {

  @Test
  void timeDecides() {
    assertThat(order(at("b", "10:02"), at("a", "10:01"), at("c", "10:03"), at("d", "10:04")))
        .isEqualTo("a b c d");
  }

  @Test
  void zonesAreCompared() {
    assertThat(
            order(
                message("b", "2026-06-01T10:30:00Z"),
                message("a", "2026-06-01T18:00:00+08:00"),
                message("c", "2026-06-01T10:31:00Z")))
        .isEqualTo("a b c");
  }

  @Test
  void ofEqualTimesTheAnswerComesAfterWhatItAnswers() {
    assertThat(order(at("x", "10:00"), at("b", "10:01", "a"), at("a", "10:01"), at("c", "10:02")))
        .isEqualTo("x a b c");
  }

  @Test
  void ofEqualTimesWithoutAnswersTheOrderSentStays() {
    assertThat(order(at("c", "10:00"), at("a", "10:00"), at("b", "10:00"))).isEqualTo("c a b");
  }

  @Test
  void searchResultsNewestFirstAreTurnedRound() {
    assertThat(order(at("d", "10:02"), at("c", "10:01"), at("b", "10:01"), at("a", "10:00")))
        .isEqualTo("a b c d");
  }

  @Test
  void answersAloneTellThatTheNewestWasSentFirst() {
    assertThat(order(undated("c", "b"), undated("x"), undated("b", "a"), undated("a")))
        .isEqualTo("a? b? x? c?");
  }

  @Test
  void anAnswerWithoutTimeFollowsWhatItAnswers() {
    assertThat(order(at("a", "10:00"), at("c", "10:01"), undated("b", "a"))).isEqualTo("a b c");
  }

  @Test
  void anAnswerToSeveralFollowsTheLatest() {
    assertThat(
            order(
                at("a", "10:00"),
                at("b", "10:05"),
                undated("x", "b"),
                at("d", "10:06"),
                undated("c", "a", "x")))
        .isEqualTo("a b x c d");
  }

  @Test
  void whatIsAnsweredStandsBeforeItsFirstAnswer() {
    assertThat(
            order(
                at("a", "10:00"),
                at("c", "10:02", "b"),
                undated("b", "x"),
                undated("x"),
                at("d", "10:03", "b")))
        .isEqualTo("a x b c d");
  }

  @Test
  void withoutAnyPlaceInTimeTheOrderSentStays() {
    assertThat(order(at("a", "10:00"), undated("b"), at("c", "10:01"), undated("d")))
        .isEqualTo("a b? c d?");
    assertThat(order(undated("b"), undated("a"), undated("c"))).isEqualTo("b? a? c?");
  }

  @Test
  void anUndatedAnswerNeverStandsBeforeWhatItAnswers() {
    assertThat(
            order(
                undated("b", "a"),
                at("t", "10:00"),
                at("u", "10:01"),
                at("v", "10:02"),
                undated("a")))
        .isEqualTo("a? b? t u v");
  }

  @Test
  void aDayIsFilledInByAnswersWithinIt() {
    assertThat(
            order(
                at("a", "10:00"),
                at("c", "10:02"),
                message("b", "2026-06-01", "a"),
                message("z", "2026-06-02", "a")))
        .isEqualTo("a b c z");
  }

  @Test
  void aDayAloneIsItsBeginning() {
    assertThat(order(at("b", "00:01"), at("c", "00:02"), message("a", "2026-06-01")))
        .isEqualTo("a b c");
  }

  @Test
  void circlesOfAnswersAreCutOpen() {
    assertThat(order(at("a", "10:00", "c"), at("b", "10:00", "a"), at("c", "10:00", "b")))
        .isEqualTo("a b c");
    assertThat(order(undated("a", "b"), undated("b", "a"), undated("s", "s"), undated("t", "b")))
        .contains("a?", "b?", "s?", "t?");
  }

  @Test
  void timesOutweighAnswers() {
    assertThat(order(at("a", "10:00", "b"), at("b", "10:01"), at("c", "10:02"))).isEqualTo("a b c");
  }

  @Test
  void anAnswerToWhatWasNotSentStaysWhereItIs() {
    assertThat(order(at("a", "10:00"), undated("b", "gone"), at("c", "10:01"))).isEqualTo("a b? c");
  }

  @Test
  void aLongChainOfUndatedAnswersIsOrdered() {
    List<Message> chain = new ArrayList<>();
    for (int i = 0; i < PrefetchContent.MAX_RESOURCES; i++) {
      chain.add(undated("m" + i, "m" + (i - 1)));
    }

    assertThat(MessageOrder.of(chain))
        .extracting(placed -> placed.message())
        .containsExactlyElementsOf(chain);
  }

  @Test
  void nothingIsInOrder() {
    assertThat(MessageOrder.of(List.of())).isEmpty();
  }

  private static String order(Message... messages) {
    return MessageOrder.of(List.of(messages)).stream()
        .map(placed -> placed.message().id() + (placed.dated() ? "" : "?"))
        .collect(Collectors.joining(" "));
  }

  private static Message at(String id, String time, String... answers) {
    return message(id, "2026-06-01T" + time + ":00Z", answers);
  }

  private static Message undated(String id, String... answers) {
    return message(id, null, answers);
  }

  private static Message message(String id, @Nullable String sent, String... answers) {
    return new Message(
        id,
        null,
        sent == null ? null : TimeSpan.of(new DateTimeType(sent)),
        List.of(answers),
        List.of(),
        Speaker.PATIENT,
        false,
        List.of(id),
        0);
  }
}

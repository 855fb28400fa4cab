package org.medcue.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages in the order in which they were said: by time; where times are equal, partial or
 * missing, an answer after what it answers; else as the messages were sent to us, turned round
 * where that was newest first.
 */
final class MessageOrder {

  /**
   * A message in its place.
   *
   * @param dated whether a time, or an answer to or from a message with a time, puts it there
   */
  record Placed(Message message, boolean dated) {}

  private final List<Message> messages;
  // By index: the messages that one answers, and those that answer it
  private final List<List<Integer>> answered = new ArrayList<>();
  private final List<List<Integer>> answers = new ArrayList<>();
  private final @Nullable Instant[] at;
  private final boolean[] dated;

  private MessageOrder(List<Message> messages) {
    this.messages = messages;
    this.at = new Instant[messages.size()];
    this.dated = new boolean[messages.size()];
    Map<String, Integer> byId = new HashMap<>();
    for (int i = 0; i < messages.size(); i++) {
      String id = messages.get(i).id();
      if (id != null) {
        byId.putIfAbsent(id, i);
      }
      answered.add(new ArrayList<>());
      answers.add(new ArrayList<>());
    }
    for (int i = 0; i < messages.size(); i++) {
      for (String id : messages.get(i).answers()) {
        Integer other = byId.get(id);
        if (other != null && other != i) {
          answered.get(i).add(other);
          answers.get(other).add(i);
        }
      }
    }
  }

  /** All messages, in order. */
  static List<Placed> of(List<Message> sent) {
    MessageOrder order = new MessageOrder(sent);
    if (order.isNewestFirst()) {
      List<Message> turned = new ArrayList<>(sent);
      Collections.reverse(turned);
      order = new MessageOrder(turned);
    }
    order.place();
    return order.inOrder();
  }

  /** Servers give search results either way round; times and answers tell which. */
  private boolean isNewestFirst() {
    int votes = 0;
    TimeSpan last = null;
    for (int i = 0; i < messages.size(); i++) {
      TimeSpan time = messages.get(i).time();
      if (time != null) {
        votes += last == null ? 0 : Integer.signum(time.from().compareTo(last.from()));
        last = time;
      }
      for (int other : answered.get(i)) {
        votes += other < i ? 1 : -1;
      }
    }
    return votes < 0;
  }

  private void place() {
    List<Integer> moments = new ArrayList<>();
    List<Integer> days = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      TimeSpan time = messages.get(i).time();
      if (time != null) {
        (isMoment(time) ? moments : days).add(i);
      }
    }
    moments.forEach(i -> at[i] = start(i));
    spread(moments);
    // What answers could not place within its day stands at the day's beginning
    days.removeIf(i -> at[i] != null);
    days.forEach(i -> at[i] = start(i));
    spread(days);
    for (int i = 0; i < at.length; i++) {
      dated[i] = at[i] != null;
    }
    Instant before = Instant.MIN;
    for (int i = 0; i < at.length; i++) {
      if (at[i] == null) {
        at[i] = before;
        spread(List.of(i));
      }
      before = timeOf(i);
    }
  }

  private static boolean isMoment(TimeSpan time) {
    return time.from().plusNanos(1).equals(time.until());
  }

  private @Nullable Instant start(int message) {
    TimeSpan time = messages.get(message).time();
    return time == null ? null : time.from();
  }

  private Instant timeOf(int message) {
    Instant time = at[message];
    return time == null ? Instant.MIN : time;
  }

  /** Gives a time to what has none: that of the latest it answers, else of its first answer. */
  private void spread(Collection<Integer> placed) {
    Comparator<Integer> byTime = Comparator.comparing(this::timeOf);
    List<Integer> reached = new ArrayList<>(placed);
    spread(reached, answers, byTime.reversed());
    spread(reached, answered, byTime);
  }

  private void spread(
      List<Integer> reached, List<List<Integer>> links, Comparator<Integer> nearestFirst) {
    PriorityQueue<Integer> next = new PriorityQueue<>(nearestFirst);
    next.addAll(reached);
    for (Integer from = next.poll(); from != null; from = next.poll()) {
      for (int to : links.get(from)) {
        if (at[to] == null && mayBe(to, timeOf(from))) {
          at[to] = at[from];
          reached.add(to);
          next.add(to);
        }
      }
    }
  }

  private boolean mayBe(int message, Instant instant) {
    TimeSpan time = messages.get(message).time();
    return time == null || !instant.isBefore(time.from()) && instant.isBefore(time.until());
  }

  private List<Placed> inOrder() {
    List<Integer> sorted =
        IntStream.range(0, at.length).boxed().sorted(Comparator.comparing(this::timeOf)).toList();
    List<Placed> placed = new ArrayList<>();
    int start = 0;
    for (int end = 1; end <= sorted.size(); end++) {
      if (end == sorted.size() || !timeOf(sorted.get(end)).equals(timeOf(sorted.get(start)))) {
        for (int i : answersLast(sorted.subList(start, end))) {
          placed.add(new Placed(messages.get(i), dated[i]));
        }
        start = end;
      }
    }
    return placed;
  }

  /** Messages of one time, in their order but for answers; a circle of answers is cut open. */
  private List<Integer> answersLast(List<Integer> together) {
    Map<Integer, Integer> waits = new HashMap<>();
    together.forEach(i -> waits.put(i, 0));
    for (int i : together) {
      for (int other : answered.get(i)) {
        if (waits.containsKey(other)) {
          waits.merge(i, 1, Integer::sum);
        }
      }
    }
    TreeSet<Integer> left = new TreeSet<>(together);
    TreeSet<Integer> free = new TreeSet<>(together);
    free.removeIf(i -> waits.getOrDefault(i, 0) > 0);
    List<Integer> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      int next = free.isEmpty() ? left.first() : free.first();
      free.remove(next);
      left.remove(next);
      ordered.add(next);
      for (int answer : answers.get(next)) {
        if (left.contains(answer) && waits.merge(answer, -1, Integer::sum) == 0) {
          free.add(answer);
        }
      }
    }
    return ordered;
  }
}

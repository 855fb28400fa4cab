package org.medcue.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The conditions of a search in HQL, joined by "and"; values are bound, never written into it. */
public final class Conditions {

  private final List<String> conditions = new ArrayList<>(List.of("1 = 1"));
  private final Map<String, Object> values = new HashMap<>();

  /**
   * Adds a condition, if there is a value for it.
   *
   * @param condition holds {@code :name}
   */
  public Conditions where(String condition, String name, Optional<?> value) {
    value.ifPresent(
        present -> {
          conditions.add(condition);
          values.put(name, present);
        });
    return this;
  }

  /** Adds a condition without a value. */
  public Conditions where(String condition) {
    conditions.add(condition);
    return this;
  }

  /** The whole condition. */
  public String text() {
    return String.join(" and ", conditions);
  }

  /** Values by name. */
  public Map<String, Object> values() {
    return Map.copyOf(values);
  }
}

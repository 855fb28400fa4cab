package org.medcue.recommendation;

import java.util.List;

/**
 * A page of the log, newest first.
 *
 * @param items the entries
 * @param page counted from 0
 * @param size the most entries on a page
 * @param total entries in the whole log
 */
public record LogPage(List<LoggedRecommendation> items, int page, int size, long total) {

  public LogPage {
    items = List.copyOf(items);
  }
}

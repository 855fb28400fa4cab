package org.medcue.tenant;

import java.util.List;

/**
 * A page of tenants by id.
 *
 * @param page from 0
 * @param size at most so many items
 * @param total of all pages
 */
public record TenantPage(List<Tenant> items, int page, int size, long total) {

  public TenantPage {
    items = List.copyOf(items);
  }
}

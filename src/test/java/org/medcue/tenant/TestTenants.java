package org.medcue.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Settings of tenants for tests. */
public final class TestTenants {

  private TestTenants() {}

  /**
   * An EHR that is never throttled.
   *
   * @param keySet given out of band
   * @param members further ones, as JSON with single quotes, such as {@code 'dryRun': true}
   */
  public static TenantSettings settings(String issuer, String keySet, String... members) {
    String json =
        """
        {'name': 'Test hospital', 'issuer': '%s', 'keySet': %s, 'reason': 'test',
        'requestsPerMinute': 100000, 'burst': 100000%s}
        """
            .formatted(issuer, keySet, members.length == 0 ? "" : "," + String.join(",", members));
    return TenantReader.read(json(json.replace('\'', '"'))).settings();
  }

  static JsonNode json(String text) {
    try {
      return JsonMapper.builder().build().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}

package org.medcue.cdshooks.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.EhrTokens.keySet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medcue.harness.EhrTokens;
import org.medcue.harness.FhirListener;

class KeySetReaderTest {

  private static final String SET = keySet(EhrTokens.curve("k", "P-384"));

  private final FhirListener ehr = new FhirListener();
  private final KeySetReader reader = new KeySetReader();
  private final String url = "http://127.0.0.1:" + ehr.port() + "/jwks";

  @AfterEach
  void end() {
    reader.close();
    ehr.close();
  }

  @Test
  void addressInsideANetworkIsNotCalledUnlessItMay() {
    ehr.onJson("/jwks", SET);

    assertThat(reader.read(url, false)).isEmpty();
    assertThat(ehr.requests()).isEmpty();
    assertThat(reader.read(url, true)).hasValue(SET);
  }

  @Test
  void jsonIsAskedForWithoutAnyToken() {
    ehr.on(
        "/jwks",
        exchange ->
            FhirListener.send(
                exchange,
                "application/json".equals(exchange.getRequestHeaders().getFirst("Accept"))
                    ? 200
                    : 406,
                SET));

    assertThat(reader.read(url, true)).isPresent();
    assertThat(ehr.authorizations()).containsExactly("null");
  }

  @Test
  void whatIsTooLongOrNotThereIsNotRead() {
    ehr.onJson("/jwks", "{\"keys\":[],\"x\":\"" + "x".repeat(64 * 1024) + "\"}");
    assertThat(reader.read(url, true)).isEmpty();

    ehr.on("/jwks", exchange -> FhirListener.send(exchange, 500, SET));
    assertThat(reader.read(url, true)).isEmpty();
  }

  @Test
  void proxyOfTheMachineIsNotAsked() {
    ehr.onJson("/jwks", SET);
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(new ClosedProxy());
    try {
      assertThat(reader.read(url, true)).hasValue(SET);
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static final class ClosedProxy extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", 1)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }
}

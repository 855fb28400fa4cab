package org.medcue.cdshooks.trust;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells who calls.
 *
 * @param authorization every {@code Authorization} header
 * @param origins every {@code Origin} header
 * @param method of HTTP
 * @param path of the URL as it was sent, without query
 * @param remoteAddress where the call comes from
 */
record ClientCall(
    List<String> authorization,
    List<String> origins,
    String method,
    String path,
    String remoteAddress) {

  static ClientCall of(HttpServerRequest request) {
    @Nullable SocketAddress remote = request.remoteAddress();
    return new ClientCall(
        request.headers().getAll("Authorization"),
        request.headers().getAll("Origin"),
        request.method().name(),
        request.path(),
        remote == null ? "" : String.valueOf(remote.hostAddress()));
  }
}

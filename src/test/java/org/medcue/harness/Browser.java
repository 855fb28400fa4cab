package org.medcue.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * As much of a browser as signing in takes: cookies by host and port, also those that are for https
 * only, and redirects one at a time.
 */
public final class Browser {

  private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  private final String base;
  private final String password;
  private final Map<String, Map<String, String>> jars = new TreeMap<>();
  private final List<String> setCookies = new ArrayList<>();

  Browser(String base, String password) {
    this.base = base;
    this.password = password;
  }

  /** Opens an address of Medcue and goes where it leads. */
  public HttpResponse<String> open(String path) {
    return follow(get(path));
  }

  /** Opens an address, of Medcue or a whole one, and stays there. */
  public HttpResponse<String> get(String address) {
    URI uri = address.startsWith("/") ? URI.create(base + address) : URI.create(address);
    return send(HttpRequest.newBuilder(uri).GET());
  }

  private HttpResponse<String> follow(HttpResponse<String> response) {
    HttpResponse<String> last = response;
    for (int hop = 0; hop < 10 && last.statusCode() / 100 == 3; hop++) {
      last = get(location(last));
    }
    return last;
  }

  /** Where a response sends the browser. */
  public static String location(HttpResponse<String> response) {
    String location = response.headers().firstValue("Location").orElseThrow();
    return response.uri().resolve(location).toString();
  }

  /** Opens the start page, signs in and comes back to it. */
  public HttpResponse<String> signIn(String name) {
    return follow(answerForm(open("/"), name));
  }

  /** Fills the login form in and sends it. */
  public HttpResponse<String> answerForm(HttpResponse<String> form, String name) {
    Matcher action = FORM.matcher(form.body());
    if (!action.find()) {
      throw new IllegalStateException("no login form at " + form.uri() + ": " + form.statusCode());
    }
    URI address = form.uri().resolve(action.group(1).replace("&amp;", "&"));
    String body =
        "username=" + name + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder builder) {
    URI uri = builder.build().uri();
    Map<String, String> jar = jars.computeIfAbsent(uri.getAuthority(), a -> new TreeMap<>());
    builder.header("Accept", "text/html");
    if (!jar.isEmpty()) {
      builder.header("Cookie", joined(jar));
    }
    try {
      HttpResponse<String> response = HTTP.send(builder.build(), BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").forEach(line -> keep(jar, line));
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(uri.toString(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keep(Map<String, String> jar, String line) {
    setCookies.add(line);
    for (HttpCookie cookie : HttpCookie.parse(line)) {
      if (cookie.getMaxAge() == 0 || cookie.getValue().isEmpty()) {
        jar.remove(cookie.getName());
      } else {
        jar.put(cookie.getName(), cookie.getValue());
      }
    }
  }

  /** Cookies of Medcue, by name. */
  public Map<String, String> cookies() {
    return jars.getOrDefault(URI.create(base).getAuthority(), Map.of());
  }

  /** The header that sends them. */
  public String cookieHeader() {
    return "Cookie: " + joined(cookies());
  }

  private static String joined(Map<String, String> jar) {
    return jar.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /** Every Set-Cookie header seen so far. */
  public List<String> setCookies() {
    return List.copyOf(setCookies);
  }
}

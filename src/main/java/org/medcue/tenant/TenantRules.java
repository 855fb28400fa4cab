package org.medcue.tenant;

import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.medcue.platform.Violation;

/** What the settings of a tenant must be like. Plain HTTP is for development and tests. */
@ApplicationScoped
class TenantRules {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final int MAX_NAME = 200;
  private static final int MAX_URL = 500;
  private static final int MAX_ITEMS = 20;
  private static final int MAX_PER_MINUTE = 100_000;

  private final boolean plainHttp;
  private final boolean hasPublicBase;

  @Inject
  TenantRules(@ConfigProperty(name = "medcue.public-base") Optional<String> publicBase) {
    this(LaunchMode.current() != LaunchMode.NORMAL, publicBase.isPresent());
  }

  /**
   * @param plainHttp whether {@code http} is taken where {@code https} belongs
   * @param hasPublicBase whether there is one for tenants that state none
   */
  TenantRules(boolean plainHttp, boolean hasPublicBase) {
    this.plainHttp = plainHttp;
    this.hasPublicBase = hasPublicBase;
  }

  /** Everything that is wrong, or nothing. */
  List<Violation> violations(String id, TenantSettings settings) {
    List<Violation> found = new ArrayList<>();
    if (!ID.matcher(id).matches() || id.equals(Tenant.LOCAL)) {
      found.add(
          new Violation(
              "id", "must be 1 to 40 of a-z, 0-9 and -, not beginning with -, and not 'local'"));
    }
    if (settings.name().isBlank() || settings.name().length() > MAX_NAME) {
      found.add(new Violation("name", "must have 1 to " + MAX_NAME + " characters"));
    }
    checkIssuer(settings.issuer(), found);
    checkKeys(settings, found);
    checkServers(settings.fhirServers(), found);
    checkOrigins(settings.origins(), found);
    checkPublicBase(settings.publicBase(), found);
    checkNumber("requestsPerMinute", settings.requestsPerMinute(), found);
    checkNumber("burst", settings.burst(), found);
    return found;
  }

  /** It is compared, never read from. */
  private static void checkIssuer(String issuer, List<Violation> found) {
    Optional<URI> uri = uri(issuer);
    if (uri.isEmpty() || !uri.get().isAbsolute()) {
      found.add(new Violation("issuer", "must be the absolute URI that its tokens have as iss"));
    }
  }

  private void checkKeys(TenantSettings settings, List<Violation> found) {
    settings
        .keySet()
        .ifPresent(
            set ->
                ClientKeys.read(set.toString())
                    .problems()
                    .forEach(problem -> found.add(new Violation("keySet", problem))));
    if (settings.keySet().isEmpty() && settings.jkus().isEmpty()) {
      found.add(new Violation("keySet", "missing: give a JWK Set here, or its URL in jkus"));
    }
    checkList("jkus", settings.jkus(), found);
    for (int i = 0; i < settings.jkus().size(); i++) {
      if (!isUrl(settings.jkus().get(i))) {
        found.add(new Violation("jkus[" + i + "]", "must be " + url() + " without a fragment"));
      }
    }
  }

  private void checkServers(List<FhirServer> servers, List<Violation> found) {
    checkList("fhirServers", servers.stream().map(FhirServer::base).toList(), found);
    for (int i = 0; i < servers.size(); i++) {
      String base = servers.get(i).base();
      if (!isUrl(base) || uri(base).filter(PlainBase::is).isEmpty()) {
        found.add(
            new Violation(
                "fhirServers[" + i + "].base",
                "must be "
                    + url()
                    + " of letters, digits and ._~$- in its path, without query, dot segments and a"
                    + " slash at its end"));
      }
    }
  }

  private void checkOrigins(List<String> origins, List<Violation> found) {
    checkList("origins", origins, found);
    for (int i = 0; i < origins.size(); i++) {
      String origin = origins.get(i);
      boolean lower = origin.equals(origin.toLowerCase(Locale.ROOT));
      if (!isUrl(origin) || hasQuery(origin) || hasPath(origin) || !lower) {
        found.add(
            new Violation(
                "origins[" + i + "]",
                "must be scheme, host and port, such as https://ehr.example"));
      }
    }
  }

  private void checkPublicBase(Optional<String> base, List<Violation> found) {
    if (base.isEmpty() && !hasPublicBase) {
      found.add(
          new Violation(
              "publicBase", "missing, where the service is configured without medcue.public-base"));
    }
    base.flatMap(url -> PublicBase.problem(url, plainHttp))
        .ifPresent(problem -> found.add(new Violation("publicBase", problem)));
  }

  private static void checkNumber(String path, int number, List<Violation> found) {
    if (number < 1 || number > MAX_PER_MINUTE) {
      found.add(new Violation(path, "must be a number from 1 to " + MAX_PER_MINUTE));
    }
  }

  private static void checkList(String path, List<String> items, List<Violation> found) {
    if (items.size() > MAX_ITEMS) {
      found.add(new Violation(path, "must be at most " + MAX_ITEMS));
    }
    if (new HashSet<>(items).size() < items.size()) {
      found.add(new Violation(path, "must not name one twice"));
    }
  }

  private String url() {
    return url(plainHttp);
  }

  static String url(boolean plainHttp) {
    return plainHttp ? "an http or https URL" : "an https URL";
  }

  private boolean isUrl(String text) {
    return isUrl(text, plainHttp);
  }

  static boolean isUrl(String text, boolean plainHttp) {
    return uri(text)
        .filter(
            uri -> "https".equals(uri.getScheme()) || plainHttp && "http".equals(uri.getScheme()))
        .filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null)
        .filter(uri -> uri.getRawFragment() == null)
        .isPresent();
  }

  static boolean hasQuery(String url) {
    return uri(url).filter(uri -> uri.getRawQuery() != null).isPresent();
  }

  private static boolean hasPath(String url) {
    return uri(url).filter(uri -> !uri.getRawPath().isEmpty()).isPresent();
  }

  private static Optional<URI> uri(String text) {
    try {
      return text.length() > MAX_URL ? Optional.empty() : Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}

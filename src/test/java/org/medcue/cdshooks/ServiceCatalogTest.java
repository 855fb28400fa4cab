package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.medcue.platform.RequestRefusedException;

class ServiceCatalogTest {

  private static final Pattern TOKEN = Pattern.compile("\\{\\{(.*?)}}");
  private static final Pattern PARAMETER = Pattern.compile("(patient|_sort|_count)=[^&]+");

  private final ServiceCatalog catalog = new ServiceCatalog(id -> true);

  private List<String> queries() {
    return catalog.discover().services().stream()
        .flatMap(service -> service.prefetch().values().stream())
        .toList();
  }

  @Test
  void prefetchUsesNoTokenButThePatient() {
    assertThat(queries())
        .isNotEmpty()
        .allSatisfy(
            query ->
                assertThat(TOKEN.matcher(query).results().map(MatchResult::group))
                    .containsOnly("{{context.patientId}}"));
  }

  @Test
  void prefetchSearchesStayInTheSubsetThatEveryClientRuns() {
    assertThat(queries())
        .filteredOn(query -> query.contains("?"))
        .allSatisfy(
            query ->
                assertThat(query.substring(query.indexOf('?') + 1).split("&"))
                    .allMatch(parameter -> PARAMETER.matcher(parameter).matches()));
  }

  @Test
  void onlyServicesThatAModelAnswersForAreListed() {
    ServiceCatalog visits = new ServiceCatalog("medication-suggestions-visits"::equals);

    assertThat(visits.discover().services())
        .extracting(ServiceDescription::id)
        .containsExactly("medication-suggestions-visits");
    assertThat(visits.find("medication-suggestions-dialogue").hook()).isEqualTo("order-select");
  }

  @Test
  void unknownServiceIsRefusedAsNotFound() {
    assertThatThrownBy(() -> catalog.find("nothing"))
        .isInstanceOfSatisfying(
            RequestRefusedException.class, e -> assertThat(e.status()).isEqualTo(404));
  }
}

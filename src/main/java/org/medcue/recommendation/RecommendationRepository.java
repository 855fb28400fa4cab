package org.medcue.recommendation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.medcue.platform.Conditions;
import org.medcue.recommendation.LogSearch.Outcome;

/** Reads and writes the tables of the log. */
@ApplicationScoped
class RecommendationRepository implements PanacheRepositoryBase<RecommendationEntity, UUID> {

  void append(RecommendationEntity entry, List<ServedCard> cards) {
    persist(entry);
    for (ServedCard card : cards) {
      ServedCardEntity row = new ServedCardEntity();
      row.id = card.card();
      row.recommendationId = entry.id;
      getEntityManager().persist(row);
      for (int i = 0; i < card.suggestions().size(); i++) {
        getEntityManager().persist(suggestion(card, i));
      }
    }
  }

  private static ServedSuggestionEntity suggestion(ServedCard card, int position) {
    ServedSuggestionEntity row = new ServedSuggestionEntity();
    row.id = card.suggestions().get(position).suggestion();
    row.cardId = card.card();
    row.drug = card.suggestions().get(position).drug();
    row.position = position;
    return row;
  }

  List<RecommendationEntity> newestFirst(LogSearch search, int page, int size) {
    Conditions where = conditions(search);
    return find(where.text(), Sort.descending("servedAt").and("id"), where.values())
        .page(page, size)
        .list();
  }

  long count(LogSearch search) {
    Conditions where = conditions(search);
    return count(where.text(), where.values());
  }

  private static Conditions conditions(LogSearch search) {
    Conditions where =
        new Conditions()
            .where("tenant = :tenant", "tenant", search.tenant())
            .where("patientId = :patient", "patient", search.patientId())
            .where("userId = :clinician", "clinician", search.clinician())
            .where("concat(modelName, '/', modelVersion) = :model", "model", search.model())
            .where("servedAt >= :from", "from", search.from())
            .where("servedAt < :to", "to", search.to());
    String cards = " (select c.recommendationId from ServedCardEntity c where c.outcome ";
    search
        .outcome()
        .ifPresent(
            outcome -> {
              if (outcome == Outcome.NONE) {
                where.where("id not in" + cards + "is not null)");
              } else {
                String code = outcome.name().toLowerCase(Locale.ROOT);
                where.where("id in" + cards + "= :outcome)", "outcome", Optional.of(code));
              }
            });
    return where;
  }

  /** Notes what counts of all feedback about some cards. */
  void noteOutcome(Collection<UUID> cards, String outcome) {
    getEntityManager()
        .createQuery("update ServedCardEntity c set c.outcome = :outcome where c.id in :cards")
        .setParameter("outcome", outcome)
        .setParameter("cards", cards)
        .executeUpdate();
  }

  /** Notes which suggestions of some cards were accepted. */
  void noteAccepted(Collection<UUID> cards, Collection<UUID> suggestions) {
    getEntityManager()
        .createQuery(
            "update ServedSuggestionEntity s set s.accepted ="
                + " case when s.id in :suggestions then true else false end"
                + " where s.cardId in :cards")
        .setParameter("suggestions", suggestions)
        .setParameter("cards", cards)
        .executeUpdate();
  }

  /**
   * Drugs of overridden cards for the patient of a call: in its encounter, or without one since an
   * instant.
   */
  List<String> overriddenDrugs(HookCall call, Instant since) {
    Optional<String> encounterId = call.encounterId();
    String scope = encounterId.isPresent() ? "r.encounterId = :encounter" : "r.servedAt >= :since";
    var query =
        getEntityManager()
            .createQuery(
                "select distinct s.drug from ServedSuggestionEntity s, ServedCardEntity c,"
                    + " RecommendationEntity r where s.cardId = c.id and c.recommendationId = r.id"
                    + " and c.outcome = 'overridden'"
                    + " and r.tenant = :tenant and r.patientId = :patient and "
                    + scope,
                String.class)
            .setParameter("tenant", call.tenant())
            .setParameter("patient", call.patientId());
    encounterId.ifPresentOrElse(
        id -> query.setParameter("encounter", id), () -> query.setParameter("since", since));
    return query.getResultList();
  }

  /** Which of some cards were served to a tenant, and for which patient each was. */
  Map<UUID, String> lockCards(String tenant, Collection<UUID> ids) {
    return lock("r.tenant = :tenant and c.id in (:ids)", Map.of("tenant", tenant, "ids", ids));
  }

  Map<UUID, String> lockCardsOfPatient(String tenant, String patientId) {
    return lock(
        "r.tenant = :tenant and r.patient_id = :patient",
        Map.of("tenant", tenant, "patient", patientId));
  }

  List<UUID> lockCardsOf(Collection<UUID> recommendations) {
    return List.copyOf(lock("r.id in (:ids)", Map.of("ids", recommendations)).keySet());
  }

  /** Cards with their patients. All who lock several do it in one order: none waits in a circle. */
  private Map<UUID, String> lock(String which, Map<String, Object> values) {
    NativeQuery<Tuple> query =
        getEntityManager()
            .unwrap(Session.class)
            .createNativeQuery(
                "select c.id, r.patient_id from served_card c"
                    + " join recommendation r on r.id = c.recommendation_id where "
                    + which
                    + " order by c.id for update of c",
                Tuple.class);
    query.setProperties(values);
    return query
        .getResultStream()
        .collect(Collectors.toMap(row -> row.get(0, UUID.class), row -> row.get(1, String.class)));
  }

  List<ServedCardEntity> cardsOf(Collection<UUID> recommendationIds) {
    return getEntityManager()
        .createQuery(
            "select c from ServedCardEntity c where c.recommendationId in :ids",
            ServedCardEntity.class)
        .setParameter("ids", recommendationIds)
        .getResultList();
  }

  /** Rows about a patient after one of them, in the order of their identifiers. */
  List<RecommendationEntity> ofPatient(
      String tenant, String patientId, Optional<UUID> after, int most) {
    return find(
            "tenant = ?1 and patientId = ?2 and id > ?3",
            Sort.by("id"),
            tenant,
            patientId,
            after.orElse(new UUID(0, 0)))
        .page(0, most)
        .list();
  }

  List<UUID> servedBefore(Instant limit, int most) {
    return getEntityManager()
        .createQuery(
            "select r.id from RecommendationEntity r where r.servedAt < :limit"
                + " order by r.servedAt, r.id",
            UUID.class)
        .setParameter("limit", limit)
        .setMaxResults(most)
        .getResultList();
  }

  /** Deletes rows with their cards and suggestions. */
  long deleteAll(Collection<UUID> ids) {
    getEntityManager()
        .createQuery(
            "delete from ServedSuggestionEntity s where s.cardId in"
                + " (select c.id from ServedCardEntity c where c.recommendationId in :ids)")
        .setParameter("ids", ids)
        .executeUpdate();
    getEntityManager()
        .createQuery("delete from ServedCardEntity c where c.recommendationId in :ids")
        .setParameter("ids", ids)
        .executeUpdate();
    return delete("id in ?1", ids);
  }
}

package org.medcue.recommendation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

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

  List<RecommendationEntity> newestFirst(int page, int size) {
    return findAll(Sort.descending("servedAt").and("id")).page(page, size).list();
  }

  /** Suggestions for the patient of a call: in its encounter, or without one since an instant. */
  List<ServedSuggestionEntity> suggestions(HookCall call, Instant since) {
    Optional<String> encounterId = call.encounterId();
    String scope = encounterId.isPresent() ? "r.encounterId = :encounter" : "r.servedAt >= :since";
    var query =
        getEntityManager()
            .createQuery(
                "select s from ServedSuggestionEntity s, ServedCardEntity c,"
                    + " RecommendationEntity r where s.cardId = c.id and c.recommendationId = r.id"
                    + " and r.tenant = :tenant and r.patientId = :patient and "
                    + scope,
                ServedSuggestionEntity.class)
            .setParameter("tenant", call.tenant())
            .setParameter("patient", call.patientId());
    encounterId.ifPresentOrElse(
        id -> query.setParameter("encounter", id), () -> query.setParameter("since", since));
    return query.getResultList();
  }

  /** Which of some cards were served to a tenant, and for which patient each was. */
  Map<UUID, String> patientsOfCards(String tenant, Collection<UUID> ids) {
    return getEntityManager()
        .createQuery(
            "select c.id, r.patientId from ServedCardEntity c, RecommendationEntity r"
                + " where c.recommendationId = r.id and r.tenant = :tenant and c.id in :ids",
            Tuple.class)
        .setParameter("tenant", tenant)
        .setParameter("ids", ids)
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

package org.medcue.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditAction;
import org.medcue.audit.AuditEvent;
import org.medcue.audit.AuditTrail;
import org.medcue.platform.Database;
import org.medcue.platform.FieldDigest;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Violation;

/** Admits EHRs, changes what they may do, and shuts them out; each time in someone's name. */
@ApplicationScoped
public class TenantService {

  private static final String ID_CONSTRAINT = "tenant_pkey";

  private final TenantRepository repository;
  private final TenantRules rules;
  private final TenantDirectory directory;
  private final AuditTrail trail;
  private final ObjectMapper json;
  private final Clock clock;

  TenantService(
      TenantRepository repository,
      TenantRules rules,
      TenantDirectory directory,
      AuditTrail trail,
      ObjectMapper json,
      Clock clock) {
    this.repository = repository;
    this.rules = rules;
    this.directory = directory;
    this.trail = trail;
    this.json = json;
    this.clock = clock;
  }

  /** One page, by id. */
  public TenantPage page(int page, int size) {
    return inTransaction(
        () ->
            new TenantPage(
                repository.page(page, size).stream().map(row -> tenant(row, json)).toList(),
                page,
                size,
                repository.count()));
  }

  /** One tenant, enabled or not. */
  public Optional<Tenant> find(String id) {
    return inTransaction(() -> repository.findByIdOptional(id).map(row -> tenant(row, json)));
  }

  /**
   * Admits a tenant.
   *
   * @throws RequestRefusedException 400 naming every bad field, 409 if its issuer is another's, 412
   *     if there is a tenant of that id
   */
  public Tenant add(String id, TenantSettings settings, Actor actor, String reason) {
    requireValid(id, settings);
    return change(
        () -> {
          if (repository.locked(id).isPresent()) {
            throw idTaken();
          }
          TenantEntity row = new TenantEntity();
          row.id = id;
          row.version = 0;
          return write(row, settings, actor, reason, "added");
        });
  }

  /**
   * Changes all settings of a tenant.
   *
   * @param version that the change was made on
   * @throws RequestRefusedException 400 naming every bad field, 404 if there is none, 409 if its
   *     issuer is another's, 412 if somebody else changed it since
   */
  public Tenant change(
      String id, long version, TenantSettings settings, Actor actor, String reason) {
    requireValid(id, settings);
    return change(
        () -> {
          TenantEntity row = existing(id);
          if (row.version != version) {
            throw new RequestRefusedException(
                412, "If-Match", "somebody changed this tenant since, read it again");
          }
          return write(row, settings, actor, reason, changed(row, settings));
        });
  }

  /**
   * Shuts a tenant out, whatever its version: it must not wait.
   *
   * @throws RequestRefusedException 404 if there is none
   */
  public Tenant disable(String id, Actor actor, String reason) {
    return change(
        () -> {
          TenantEntity row = existing(id);
          return write(row, tenant(row, json).settings().disabled(), actor, reason, "enabled");
        });
  }

  static Tenant tenant(TenantEntity row, ObjectMapper json) {
    try {
      return new Tenant(row.id, row.version, json.readValue(row.settings, TenantSettings.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the settings of tenant " + row.id + " cannot be read", e);
    }
  }

  private TenantEntity existing(String id) {
    return repository
        .locked(id)
        .orElseThrow(() -> new RequestRefusedException(404, "id", "no such tenant"));
  }

  private Tenant write(
      TenantEntity row, TenantSettings settings, Actor actor, String reason, String changed) {
    if (repository.isIssuerOfAnother(settings.issuer(), row.id)) {
      throw issuerTaken();
    }
    boolean isNew = row.version == 0;
    row.version++;
    row.issuer = settings.issuer();
    row.enabled = settings.enabled();
    row.settings = text(settings);
    row.changedAt = clock.instant();
    if (isNew) {
      repository.persist(row);
    }
    repository.flush();
    trail.append(
        AuditEvent.of(AuditAction.TENANT_CHANGE, actor)
            .about("tenant/" + row.id)
            .detail("version", row.version)
            .detail("changed", changed)
            .detail("enabled", settings.enabled())
            .detail("issuer", settings.issuer())
            .detail("settings", digest(row.settings))
            .detail("reason", reason));
    return new Tenant(row.id, row.version, settings);
  }

  /** Names of the settings that differ; their values are the tenant's own. */
  private String changed(TenantEntity row, TenantSettings settings) {
    JsonNode before = json.valueToTree(tenant(row, json).settings());
    JsonNode after = json.valueToTree(settings);
    List<String> names = new ArrayList<>();
    for (String name : TenantReader.SETTINGS) {
      if (!before.path(name).equals(after.path(name))) {
        names.add(name);
      }
    }
    return names.isEmpty() ? "nothing" : String.join(" ", names);
  }

  private void requireValid(String id, TenantSettings settings) {
    List<Violation> violations = rules.violations(id, settings);
    if (!violations.isEmpty()) {
      throw new RequestRefusedException(400, violations);
    }
  }

  private Tenant change(Supplier<Tenant> work) {
    try {
      return inTransaction(() -> orTaken(work));
    } finally {
      directory.forget();
    }
  }

  /** Two admins at once: the database knows who was first. */
  private static Tenant orTaken(Supplier<Tenant> work) {
    try {
      return work.get();
    } catch (ConstraintViolationException e) {
      throw ID_CONSTRAINT.equals(e.getConstraintName()) ? idTaken() : issuerTaken();
    }
  }

  private static RequestRefusedException idTaken() {
    return new RequestRefusedException(
        412, "If-None-Match", "there is a tenant of that id, change it with If-Match");
  }

  private static RequestRefusedException issuerTaken() {
    return new RequestRefusedException(409, "issuer", "belongs to another tenant");
  }

  /** Tells whether an exported copy of the settings is what was set then. */
  private static String digest(String settings) {
    return new FieldDigest().field("settings", settings).sha256();
  }

  private String text(TenantSettings settings) {
    try {
      return json.writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("settings are always writable", e);
    }
  }

  private static <T> T inTransaction(Supplier<T> work) {
    return Database.inTransaction("the tenants", work);
  }
}

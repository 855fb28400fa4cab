package org.medcue.harness;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.medcue.audit.ChainCheck;
import org.medcue.audit.SignedHead;
import org.medcue.audit.StoredTrail;

/** What an auditor finds who checks the audit trail against the head that was written beside it. */
public final class TrailCheck {

  private TrailCheck() {}

  /**
   * @param owner of the database
   * @param head file of the signed head
   */
  public static ChainCheck.Finding of(Connection owner, Path head)
      throws IOException, SQLException {
    SignedHead signed =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .build()
            .readValue(head.toFile(), SignedHead.class);
    return new StoredTrail(owner).check(List.of(signed), seq -> {});
  }
}

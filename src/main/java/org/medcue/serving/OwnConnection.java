package org.medcue.serving;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.security.AgroalDefaultSecurityProvider;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Opens connections as the pool does, outside of it. */
final class OwnConnection {

  private final AgroalConnectionFactoryConfiguration pool;
  private final Duration patience;

  /**
   * @param patience how long a server may say nothing where it should; waiting for notices is none
   *     of that
   */
  OwnConnection(AgroalDataSource dataSource, Duration patience) {
    this.patience = patience;
    pool =
        dataSource
            .getConfiguration()
            .connectionPoolConfiguration()
            .connectionFactoryConfiguration();
  }

  Connection open() throws SQLException {
    Properties properties = new Properties();
    properties.putAll(pool.jdbcProperties());
    AgroalDefaultSecurityProvider security = new AgroalDefaultSecurityProvider();
    putAll(properties, security.getSecurityProperties(pool.principal()));
    for (Object credential : pool.credentials()) {
      putAll(properties, security.getSecurityProperties(credential));
    }
    properties.put("ApplicationName", "medcue-assignments");
    String seconds = String.valueOf(Math.max(1, patience.toSeconds()));
    properties.put("loginTimeout", seconds);
    properties.put("socketTimeout", seconds);
    return DriverManager.getConnection(pool.jdbcUrl(), properties);
  }

  private static void putAll(Properties properties, @Nullable Properties more) {
    if (more != null) {
      properties.putAll(more);
    }
  }
}

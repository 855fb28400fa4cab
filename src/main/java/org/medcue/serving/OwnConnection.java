package org.medcue.serving;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.security.AgroalDefaultSecurityProvider;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Opens connections as the pool does, outside of it. */
final class OwnConnection {

  private final AgroalConnectionFactoryConfiguration pool;

  OwnConnection(AgroalDataSource dataSource) {
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
    return DriverManager.getConnection(pool.jdbcUrl(), properties);
  }

  private static void putAll(Properties properties, @Nullable Properties more) {
    if (more != null) {
      properties.putAll(more);
    }
  }
}

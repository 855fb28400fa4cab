package org.medcue.serving;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OwnConnectionTest {

  /** As a proxy before a database that is gone: accepts and says nothing. */
  @Test
  void silentServerIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        AgroalDataSource database = database(silent.getLocalPort())) {
      OwnConnection connector = new OwnConnection(database, Duration.ofSeconds(1));

      assertThatThrownBy(connector::open).isInstanceOf(SQLException.class);
    }
  }

  private static AgroalDataSource database(int port) throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(1)
                        .connectionFactoryConfiguration(
                            connection ->
                                connection.jdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/x"))));
  }
}

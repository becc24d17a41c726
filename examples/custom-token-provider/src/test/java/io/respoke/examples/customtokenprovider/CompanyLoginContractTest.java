package io.respoke.examples.customtokenprovider;

import io.respoke.TokenProvider;
import io.respoke.spi.contract.RemoteTokenProviderContract;
import io.respoke.spi.contract.TokenProviderFactoryContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class CompanyLoginContractTest
    implements TokenProviderFactoryContract, RemoteTokenProviderContract {
  private Company company;

  @BeforeEach
  void open() throws IOException {
    company = new Company(user -> UUID.randomUUID().toString());
  }

  @AfterEach
  void close() {
    company.close();
  }

  @Override
  public String factoryName() {
    return "company-login";
  }

  @Override
  public Map<String, String> settings() {
    return company.settings();
  }

  @Override
  public Set<String> requiredSettings() {
    return Set.of("url", "user", "password");
  }

  @Override
  public Map<String, String> badSettings() {
    return Map.of("url", "ftp://login.example.com", "user", " ");
  }

  @Override
  public List<String> secrets() {
    return List.of(Company.PASSWORD, "wrong-passw0rd");
  }

  @Override
  public TokenProvider refusedTokenProvider() {
    return factory().create(company.settings("/login", "wrong-passw0rd"));
  }

  @Override
  public TokenProvider unreachableTokenProvider() {
    company.close();
    return tokenProvider();
  }

  @Override
  public TokenProvider silentTokenProvider() {
    return factory().create(company.settings("/silent", Company.PASSWORD));
  }
}

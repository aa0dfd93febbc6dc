package io.wizzie.wcs.ami.ec2.client;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;

/** Gives the SDK's clients for STS and SSO, which find it as a service, the same HTTP client. */
public final class JdkHttpService implements SdkHttpService {
  @Override
  public SdkHttpClient.Builder<?> createHttpClientBuilder() {
    return new Builder();
  }

  private static final class Builder implements SdkHttpClient.Builder<Builder> {
    @Override
    public SdkHttpClient buildWithDefaults(software.amazon.awssdk.utils.AttributeMap defaults) {
      return new JdkHttpClient();
    }
  }
}

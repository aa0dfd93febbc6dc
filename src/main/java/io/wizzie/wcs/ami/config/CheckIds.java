package io.wizzie.wcs.ami.config;

import java.util.List;
import java.util.ServiceLoader;

/**
 * The audit's checks by their IDs. The audit provides them as a service, because it knows the
 * configuration and not the other way round.
 */
public interface CheckIds {
  List<String> all();

  /** The IDs of all checks there are. */
  static List<String> provided() {
    return ServiceLoader.load(CheckIds.class).stream()
        .flatMap(provider -> provider.get().all().stream())
        .toList();
  }
}

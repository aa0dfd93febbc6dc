package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import java.util.List;
import java.util.Map;

/**
 * How instances of a finished image are reached and tagged: by a key pair and a group of their own,
 * which know nothing of the builder's, or by the ones that the configuration names.
 */
record TrialAccess(LoginAccess login, List<BuilderSubnet> subnets, Map<String, String> tags) {
  TrialAccess {
    subnets = List.copyOf(subnets);
    tags = Map.copyOf(tags);
  }
}

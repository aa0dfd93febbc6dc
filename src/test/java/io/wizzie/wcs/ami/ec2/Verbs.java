package io.wizzie.wcs.ami.ec2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The verbs over a fake region, for tests. */
final class Verbs {
  static final Map<String, String> TAGS = Map.of(ProjectTags.BUILD_ID, "wcs-1");

  final VirtualTime time = new VirtualTime();
  final FakeEc2 ec2 = new FakeEc2(time);
  final List<String> said = new ArrayList<>();
  final Waiter waiter = new Waiter(time, time, new Random(1), said::add);
  final Ec2Verbs verbs = Ec2Verbs.over(ec2.connection(), waiter);
}

package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.ec2.LaunchRequest;
import java.security.KeyPair;
import java.util.List;

/** Makes what is needed to get into the builder: key pair, security group, host key. */
record AccessStage(BuildSession session) {
  BuilderAccess run(BuildPlan plan) {
    GuestSteps guest = session.guest();
    // First what can fail without anything left to remove.
    KeyPair hostKey = guest.newHostKey();
    Secret userData = LaunchRequest.encode(guest.userData(hostKey));
    LoginAccess login =
        new TemporaryAccess(session, session.buildId().value())
            .grant(
                plan.subnets().get(0).vpcId(),
                plan.identity(),
                List.of(),
                plan::sourceCidrs,
                plan.tags());
    return new BuilderAccess(login, hostKey.getPublic(), guest.publicKeyLine(hostKey), userData);
  }
}

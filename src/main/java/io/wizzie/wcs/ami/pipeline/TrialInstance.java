package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.ssh.RemoteShell;

/**
 * An instance of a finished image, launched as a buyer would: none of the builder's user data, none
 * of its options, and a host key that is only read on first contact. Closing it closes its shells;
 * it is terminated with all else that the build made.
 */
record TrialInstance(BuildSession session, String instanceId, Login login)
    implements AutoCloseable {
  /** Waits until EC2 says that it runs. */
  RunningInstance awaitRunning() {
    return session.awaitRunning(instanceId);
  }

  /** Logs in, trying again until {@code ssh.timeout} has passed; once more after a reboot. */
  RemoteShell open() {
    return login.open();
  }

  /** Where its login is, and so its services. */
  String host() {
    return login.target(session.ec2().instances().describe(instanceId)).host();
  }

  @Override
  public void close() {
    login.close();
  }
}

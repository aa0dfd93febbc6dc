package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.ec2.Instances;
import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.time.Duration;

/**
 * An instance of a finished image, launched as a buyer would: none of the builder's user data, none
 * of its options, and a host key that is only read on first contact. Closing it closes its shells;
 * it is terminated with all else that the build made.
 */
record TrialInstance(String instanceId, Instances instances, Duration launchTimeout, Login login)
    implements AutoCloseable {

  /** Waits until EC2 says that it runs. */
  RunningInstance awaitRunning() {
    return instances.awaitRunning(instanceId, launchTimeout);
  }

  /** Logs in, trying again until {@code ssh.timeout} has passed; once more after a reboot. */
  RemoteShell open() {
    return login.open();
  }

  /** Where its login is, and so its services. */
  String host() {
    return login.target(instances.describe(instanceId)).host();
  }

  @Override
  public void close() {
    login.close();
  }
}

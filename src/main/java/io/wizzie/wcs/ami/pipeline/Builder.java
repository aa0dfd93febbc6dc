package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.ec2.RunningInstance;

/** The builder that runs, with the shells that are open on it; closing it closes those. */
record Builder(RunningInstance instance, Login login) implements AutoCloseable {
  @Override
  public void close() {
    login.close();
  }
}

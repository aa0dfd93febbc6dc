package io.wizzie.wcs.ami.localregion.contract;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.localregion.model.AccessKey;
import java.net.URI;

/** An implementation of EC2 that the suite asks. */
interface ContractTarget extends AutoCloseable {
  /** As the report calls it. */
  String name();

  URI endpoint();

  /** What it takes; most take any. */
  default AccessKey accessKey() {
    return new AccessKey("any", Secret.ofUtf8("any"));
  }

  /** Enough time passes for whatever is under way to end. */
  void later();

  /** Forgets everything that was created. */
  void reset();

  @Override
  void close();
}

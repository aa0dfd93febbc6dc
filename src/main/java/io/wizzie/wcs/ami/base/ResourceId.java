package io.wizzie.wcs.ami.base;

/**
 * Names a resource in EC2: so it is recorded, listed, left and removed.
 *
 * @param id as EC2 removes it; of a key pair, its name or its ID
 */
public record ResourceId(String region, ResourceKind kind, String id) {
  /** Without the region, as messages name it. */
  @Override
  public String toString() {
    return kind + " " + id;
  }
}

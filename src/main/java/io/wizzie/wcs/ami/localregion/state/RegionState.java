package io.wizzie.wcs.ami.localregion.state;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that one region holds, by ID and in the order of creation. Mutable: it lives within
 * one transaction of the {@link RegionStore}.
 */
public final class RegionState {
  /** Of the file's format; a file of another version is refused. */
  public static final int VERSION = 1;

  public final Map<String, KeyPairRecord> keyPairs = new LinkedHashMap<>();
  public final Map<String, GroupRecord> groups = new LinkedHashMap<>();
  public final Map<String, InstanceRecord> instances = new LinkedHashMap<>();
  public final Map<String, VolumeRecord> volumes = new LinkedHashMap<>();
  public final Map<String, SnapshotRecord> snapshots = new LinkedHashMap<>();
  public final Map<String, ImageRecord> images = new LinkedHashMap<>();
  public final Map<String, ContentRecord> contents = new LinkedHashMap<>();

  /** By the ID of what they are on. */
  public final Map<String, SortedMap<String, String>> tags = new TreeMap<>();

  /** IDs that are not found yet, though they exist, and when they will be. */
  public final Map<String, Instant> unseen = new LinkedHashMap<>();

  /** By client token. */
  public final Map<String, TokenRecord> tokens = new LinkedHashMap<>();
}

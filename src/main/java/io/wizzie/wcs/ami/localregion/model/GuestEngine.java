package io.wizzie.wcs.ami.localregion.model;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the region's instances. The EC2 state (what an instance is called, tagged, allowed) is not
 * its concern: it starts, stops, copies and removes guests by their EC2 ID.
 */
public interface GuestEngine {
  /** What container programs choose first; for who looks at a region that has no guests yet. */
  String USUAL_NETWORK = "10.89.0.0/24";

  /**
   * The guests' network in CIDR notation; it is made if it is not there. A guest whose metadata
   * name a part of it as {@code network/interfaces/macs/<mac>/subnet-ipv4-cidr-block} has its
   * address in that.
   */
  String network();

  /**
   * Creates and starts a guest. Returns when the guest's system was started and has an address, not
   * when it has booted.
   */
  Guest launch(GuestRequest request);

  /** Ends the guest's processes in an orderly way and keeps its file system. */
  void stop(String instanceId);

  /** Removes the guest and its file system; a guest that is not there is no error. */
  void remove(String instanceId);

  /** How the guest is now; empty when there is none of that ID. */
  Optional<Guest> find(String instanceId);

  /**
   * Makes an image of the guest's file system, which then exists independently of the guest.
   *
   * @param imageRef name that later launches and {@link #removeImage} use, such as {@code ami-0abc}
   * @return the image's size in bytes
   */
  long commit(String instanceId, String imageRef);

  /** Removes an image; one that is not there is no error. */
  void removeImage(String imageRef);

  /** Writes an image's file system with owners and permissions as a tar file, which is replaced. */
  void exportImage(String imageRef, Path target);

  /** What the guests have written to their file systems, in bytes, by instance ID. */
  Map<String, Long> guestSizes();

  /**
   * What a guest is started with.
   *
   * @param imageRef the container image: the base image's, or one that {@link #commit} made
   * @param userData as given to RunInstances, still base64-encoded; null for none
   * @param publicKeys by key pair name, each an {@code authorized_keys} line
   * @param metadata paths below {@code latest/meta-data/} with their values, for the instance
   *     metadata service; the address paths are the engine's to add, unless {@code local-ipv4} says
   *     which address of the guests' network to have
   * @param terminateOnShutdown what a shutdown from inside does: true removes the guest's processes
   *     for good (EC2's {@code terminate}), false stops it
   */
  record GuestRequest(
      String instanceId,
      String imageRef,
      String hostname,
      @Nullable String userData,
      Map<String, String> publicKeys,
      Map<String, String> metadata,
      boolean terminateOnShutdown) {}

  /** A guest with the address where it is reached; null while it doesn't run. */
  record Guest(String instanceId, @Nullable InetAddress address, boolean running) {}

  /** IDs of all guests of this region, in any state. */
  List<String> guests();
}

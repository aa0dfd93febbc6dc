package io.wizzie.wcs.ami.localregion;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.localregion.model.BaseImage;
import io.wizzie.wcs.ami.localregion.model.GuestEngine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An engine whose guests are entries of a map; it remembers what was asked of it. */
public final class FakeGuestEngine implements GuestEngine {
  /** For a region whose guests are made here. */
  public static final BaseImage BASE =
      new BaseImage(
          "localhost/wcs-ami/base:latest",
          "wcs-ami-local/debian-12-amd64-20260101",
          Instant.parse("2026-01-01T00:00:00Z"),
          1L << 30,
          "x86_64");

  private final Map<String, Guest> guests = new LinkedHashMap<>();
  private final Map<String, Long> images = new LinkedHashMap<>();
  private final Map<String, GuestRequest> requests = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private @Nullable String failing;
  private boolean dying;
  private int addresses = 1;
  private @Nullable InetAddress fixed;

  public FakeGuestEngine(String... imageRefs) {
    for (String imageRef : imageRefs) {
      images.put(imageRef, 1L << 30);
    }
  }

  /** All guests have this address from now on. */
  public synchronized FakeGuestEngine at(InetAddress address) {
    fixed = address;
    return this;
  }

  /** Waits until a guest is launched, and returns its instance's ID. */
  public synchronized String awaitLaunch() throws InterruptedException {
    while (requests.isEmpty()) {
      wait();
    }
    return requests.keySet().iterator().next();
  }

  /** From now on calls of that method fail; null for none. */
  public synchronized void failOn(@Nullable String method) {
    failing = method;
  }

  /** The process ends in the next launch, with whatever that had done by then. */
  public synchronized void dieOnLaunch() {
    dying = true;
  }

  /** What a guest was launched with. */
  public synchronized GuestRequest request(String instanceId) {
    GuestRequest request = requests.get(instanceId);
    if (request == null) {
      throw new AssertionError("No launch of " + instanceId + " among " + requests.keySet());
    }
    return request;
  }

  /** Method and subject of every changing call, in order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  public synchronized List<String> images() {
    return List.copyOf(images.keySet());
  }

  /** The guest shuts itself down. */
  public synchronized void shutDown(String instanceId) {
    guests.computeIfPresent(instanceId, (id, guest) -> new Guest(id, null, false));
  }

  /** The guest is up again, at another address. */
  public synchronized void start(String instanceId) {
    guests.computeIfPresent(instanceId, (id, guest) -> new Guest(id, nextAddress(), true));
  }

  /** Somebody removes the guest behind the region's back. */
  public synchronized void lose(String instanceId) {
    guests.remove(instanceId);
  }

  @Override
  public String network() {
    return "10.88.0.0/24";
  }

  @Override
  public synchronized Guest launch(GuestRequest request) {
    call("launch", request.instanceId());
    if (dying) {
      // Nothing catches it, as nothing outlives a process.
      throw new AssertionError("The process died");
    }
    if (!images.containsKey(request.imageRef())) {
      throw new BuildException(
          BuildException.Category.HOST, "There is no image " + request.imageRef());
    }
    if (guests.containsKey(request.instanceId())) {
      throw new BuildException(
          BuildException.Category.HOST, "There is a guest " + request.instanceId());
    }
    Guest guest = new Guest(request.instanceId(), nextAddress(), true);
    guests.put(request.instanceId(), guest);
    requests.put(request.instanceId(), request);
    notifyAll();
    return guest;
  }

  @Override
  public synchronized void stop(String instanceId) {
    call("stop", instanceId);
    shutDown(instanceId);
  }

  @Override
  public synchronized void remove(String instanceId) {
    call("remove", instanceId);
    guests.remove(instanceId);
  }

  @Override
  public synchronized Optional<Guest> find(String instanceId) {
    return Optional.ofNullable(guests.get(instanceId));
  }

  @Override
  public synchronized long commit(String instanceId, String imageRef) {
    call("commit", instanceId);
    if (!guests.containsKey(instanceId)) {
      throw new BuildException(BuildException.Category.HOST, "There is no guest " + instanceId);
    }
    images.put(imageRef, 2L << 30);
    return 2L << 30;
  }

  @Override
  public synchronized void removeImage(String imageRef) {
    call("removeImage", imageRef);
    images.remove(imageRef);
  }

  @Override
  public synchronized void exportImage(String imageRef, Path target) {
    call("exportImage", imageRef);
  }

  @Override
  public synchronized Map<String, Long> guestSizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    guests.keySet().forEach(id -> sizes.put(id, 7_000_000L));
    return sizes;
  }

  @Override
  public synchronized List<String> guests() {
    return List.copyOf(guests.keySet());
  }

  private void call(String method, String subject) {
    if (method.equals(failing)) {
      throw new BuildException(BuildException.Category.HOST, "podman " + method + " failed");
    }
    calls.add(method + " " + subject);
  }

  private InetAddress nextAddress() {
    if (fixed != null) {
      return fixed;
    }
    addresses++;
    try {
      return InetAddress.getByAddress(new byte[] {10, 88, 0, (byte) addresses});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}

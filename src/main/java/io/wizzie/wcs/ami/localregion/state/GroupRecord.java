package io.wizzie.wcs.ami.localregion.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A security group. Its rules are data only: the guests' network knows nothing of them. */
public record GroupRecord(
    String id, String name, String description, String vpcId, List<Rule> rules) {
  public GroupRecord {
    rules = List.copyOf(rules);
  }

  public GroupRecord withRules(List<Rule> newRules) {
    return new GroupRecord(id, name, description, vpcId, newRules);
  }

  /**
   * A rule, which has one peer.
   *
   * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6}, a number, or {@code -1}
   *     for all
   * @param fromPort -1 where the protocol has none
   */
  public record Rule(
      String id,
      boolean egress,
      String protocol,
      int fromPort,
      int toPort,
      PeerKind peerKind,
      String peer,
      @Nullable String description) {

    /** Whether the other admits the same; the ID and the description don't matter. */
    public boolean sameAs(Rule other) {
      return egress == other.egress
          && protocol.equals(other.protocol)
          && fromPort == other.fromPort
          && toPort == other.toPort
          && peerKind == other.peerKind
          && peer.equals(other.peer);
    }
  }

  /** Whom a rule admits. */
  public enum PeerKind {
    IPV4,
    IPV6,
    PREFIX_LIST,
    GROUP
  }
}

package io.wizzie.wcs.ami.chef;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The meaning of chef-solo's exit statuses (lib/chef/application/exit_code.rb of Chef 16 to 18; 42
 * is from Chef 12's audit mode, 172 from its licence acceptance).
 */
final class SoloExit {
  static final int SUCCESS = 0;

  /** Chef has asked for the reboot already: the guest goes down by itself. */
  static final int REBOOT_SCHEDULED = 35;

  private static final Pattern PROPERTY = Pattern.compile("(\\w+)=(\\S+)");

  private SoloExit() {}

  /**
   * What became of a converge that could not say itself how it ended.
   *
   * @param state with the unit's {@code Result}, {@code ExecMainCode} and {@code ExecMainStatus} as
   *     {@code systemctl show} prints them (systemd.service(5), org.freedesktop.systemd1(5))
   */
  static String vanished(String state) {
    Map<String, String> properties = new HashMap<>();
    PROPERTY.matcher(state).results().forEach(each -> properties.put(each.group(1), each.group(2)));
    String result = properties.getOrDefault("Result", "unknown");
    String status = properties.getOrDefault("ExecMainStatus", "0");
    String how =
        switch (result) {
          case "oom-kill" ->
              "the guest ran out of memory (Result=oom-kill); try a larger instance type";
          case "signal", "core-dump" ->
              "by signal "
                  + status
                  + " (Result="
                  + result
                  + "); the guest may be out of memory, try a larger instance type";
          case "timeout" -> "by its time limit (Result=timeout)";
          default -> "Result=" + result + ", exit status " + status;
        };
    return "chef-solo was killed before it could say how it ended: " + how + ".";
  }

  /** The meaning of the status, with the remedy where there is one. */
  static String describe(int status) {
    return switch (status) {
      case SUCCESS -> "it converged";
      case 1 -> "the converge failed";
      case 2 -> "it was interrupted";
      case 3 -> "it was told to terminate";
      case REBOOT_SCHEDULED -> "a reboot is scheduled";
      case 37 ->
          "a reboot is needed but was not asked for; use a reboot resource with :reboot_now or"
              + " :request_reboot";
      case 41 -> "the reboot that a recipe asked for failed";
      case 42 -> "an audit failed";
      case 43 -> "its configuration is wrong; look at chef.extraArguments";
      case 126 -> "chef-solo can't be executed; check chef.soloPath";
      case 127 -> "chef-solo was not found; check chef.soloPath";
      case 137 -> "it was killed; the guest may be out of memory, try a larger instance type";
      case 172 ->
          "Chef's licence was not accepted; accept it (chef.extraArguments: [\"--chef-license\","
              + " \"accept-no-persist\"]) or use Cinc (chef.product cinc), which needs none";
      case 173 -> "Chef's licence does not entitle to this; Cinc (chef.product cinc) needs none";
      case 174 -> "Chef has no licence key; Cinc (chef.product cinc) needs none";
      case 213 -> "Chef was upgraded while it ran; pin its version in chef.version instead";
      default -> status > 128 ? "it was ended by signal " + (status - 128) : "unknown to Chef";
    };
  }
}

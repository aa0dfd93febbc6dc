package io.wizzie.wcs.ami.audit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.audit.Check.Place;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.RootScript;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs the checks inside the guest: one Python program, made of the parts beside this class, goes
 * in over the shell's standard input, so that nothing is left in the guest, and answers in JSON
 * lines.
 *
 * <p>Before imaging, what the cleaning will take away is not looked at, after the cleaning's own
 * list; public keys are, since a foreign one means that a cookbook puts it there. On a launched
 * instance, what came into being after its boot is its own.
 *
 * @param timeout {@code timeouts.guestAudit}, of each audit
 */
public record GuestAudit(Clock clock, Duration timeout) {
  private static final String TIMEOUT_FIELD = "timeouts.guestAudit";

  // The walk over the files notes key files that the accounts' check then reads.
  private static final List<String> PARTS =
      List.of("core", "ssh", "packages", "files", "accounts", "system", "containers");

  /**
   * Audits the builder before its cleaning.
   *
   * @param removed absolute paths that the cleaning will take away, with all in them
   */
  public AuditReport beforeCleaning(RemoteShell shell, List<String> removed) {
    return run(shell, removed, false);
  }

  /** Audits an instance that was launched from the image. */
  public AuditReport launched(RemoteShell shell) {
    if (shell.run(RemoteCommand.brief("sudo -n true")).succeeded()) {
      return run(shell, List.of(), true);
    }
    // Without sudo nothing can be looked at, and that by itself is against the rules.
    List<Examined> unasked =
        Arrays.stream(Check.values())
            .filter(check -> check.place() != Place.AMI)
            .map(check -> Examined.unasked(check, "the login user has no sudo"))
            .toList();
    return new AuditReport(
        unasked, List.of(Finding.of(Check.LOGIN_SUDO, null, "the login user has no sudo")));
  }

  private AuditReport run(RemoteShell shell, List<String> removed, boolean launched) {
    byte[] program = program(removed, launched).getBytes(StandardCharsets.UTF_8);
    CommandResult result =
        shell.run(
            RemoteCommand.of("sudo -n python3 -", timeout, TIMEOUT_FIELD)
                .withStdin(stdin -> stdin.write(program)));
    if (!result.succeeded()) {
      throw Category.GUEST.failure(
          "The audit could not run in the guest (exit code "
              + result.exitCode()
              + "):\n"
              + result.stderr().strip());
    }
    return new GuestAnswers(clock, launched).parse(result.stdout());
  }

  private String program(List<String> removed, boolean launched) {
    ObjectNode config = JsonMapper.builder().build().createObjectNode();
    config.put("launched", launched).put("walkSeconds", Math.max(1, timeout.toSeconds() / 2));
    removed.forEach(config.putArray("removed")::add);
    String encoded =
        Base64.getEncoder().encodeToString(config.toString().getBytes(StandardCharsets.UTF_8));
    return "import base64, json\nCONFIG = json.loads(base64.b64decode(\""
        + encoded
        + "\").decode(\"utf-8\"))\n"
        + PARTS.stream().map(GuestAudit::part).collect(Collectors.joining("\n"))
        + "\nrun_checks()\n";
  }

  private static String part(String name) {
    return RootScript.load(GuestAudit.class, "guest/" + name + ".py").text();
  }
}

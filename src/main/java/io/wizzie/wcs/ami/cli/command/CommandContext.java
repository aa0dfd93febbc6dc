package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.report.Messages;
import io.wizzie.wcs.ami.cli.report.Output;
import io.wizzie.wcs.ami.cli.report.ResultStream;
import io.wizzie.wcs.ami.cli.terminal.Environment;
import io.wizzie.wcs.ami.cli.terminal.InterruptGuard;
import io.wizzie.wcs.ami.event.SecretMask;
import java.util.function.Supplier;

/**
 * What every command works with.
 *
 * @param parts made when first asked for, so that help and version load none of them
 */
public record CommandContext(Output output, Supplier<Parts> parts) {
  Environment environment() {
    return output.environment();
  }

  ResultStream result() {
    return output.result();
  }

  Messages messages() {
    return output.messages();
  }

  SecretMask mask() {
    return output.mask();
  }

  InterruptGuard interrupts() {
    return output.interrupts();
  }
}

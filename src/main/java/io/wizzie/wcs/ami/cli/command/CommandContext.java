package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.report.Messages;
import io.wizzie.wcs.ami.cli.report.ResultStream;
import io.wizzie.wcs.ami.cli.terminal.Environment;
import io.wizzie.wcs.ami.cli.terminal.InterruptGuard;
import io.wizzie.wcs.ami.event.SecretMask;
import java.util.function.Supplier;

/**
 * What every command works with.
 *
 * @param result standard output, for the result and nothing else
 * @param messages standard error, for everything else
 * @param mask of both, which the events of a build teach its secrets
 * @param parts made when first asked for, so that help and version load none of them
 */
public record CommandContext(
    Environment environment,
    ResultStream result,
    Messages messages,
    SecretMask mask,
    InterruptGuard interrupts,
    Supplier<Parts> parts) {}

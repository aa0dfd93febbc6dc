/**
 * The commands: each parses its options, asks the {@link Parts} for the work, and hands the result
 * to {@code cli.report}. It neither touches the process nor knows AWS.
 */
@NullMarked
package io.wizzie.wcs.ami.cli.command;

import org.jspecify.annotations.NullMarked;

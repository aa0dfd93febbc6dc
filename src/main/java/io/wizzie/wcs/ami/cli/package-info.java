/**
 * The command line: options, streams, environment and exit codes. The only package that touches the
 * process's own streams, environment and exit.
 */
@NullMarked
package io.wizzie.wcs.ami.cli;

import org.jspecify.annotations.NullMarked;

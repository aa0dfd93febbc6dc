/**
 * The entry point, the parsing of the command line and the wiring of the real services. The only
 * package that touches the process's own streams, environment and exit.
 */
@NullMarked
package io.wizzie.wcs.ami.cli;

import org.jspecify.annotations.NullMarked;

/**
 * The options that several commands share, and how their values are read. It knows no command and
 * prints nothing.
 */
@NullMarked
package io.wizzie.wcs.ami.cli.option;

import org.jspecify.annotations.NullMarked;

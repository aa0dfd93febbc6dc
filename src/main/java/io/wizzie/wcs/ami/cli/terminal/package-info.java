/** What the program has around it: environment, signals and terminal. It knows no command. */
@NullMarked
package io.wizzie.wcs.ami.cli.terminal;

import org.jspecify.annotations.NullMarked;

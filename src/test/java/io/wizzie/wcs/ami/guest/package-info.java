/** Real guests for tests: systemd containers, and a shell in them that needs no SSH. */
@NullMarked
package io.wizzie.wcs.ami.guest;

import org.jspecify.annotations.NullMarked;

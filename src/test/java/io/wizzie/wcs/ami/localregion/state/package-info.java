/** Tests of what the local region keeps. */
@NullMarked
package io.wizzie.wcs.ami.localregion.state;

import org.jspecify.annotations.NullMarked;

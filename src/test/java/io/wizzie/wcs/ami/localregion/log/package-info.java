/** Tests of the action log. */
@NullMarked
package io.wizzie.wcs.ami.localregion.log;

import org.jspecify.annotations.NullMarked;

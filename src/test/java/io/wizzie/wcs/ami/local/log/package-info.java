/** Tests of the action log. */
@NullMarked
package io.wizzie.wcs.ami.local.log;

import org.jspecify.annotations.NullMarked;

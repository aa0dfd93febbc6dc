/** Tests of the program as a whole. */
@NullMarked
package io.wizzie.wcs.ami;

import org.jspecify.annotations.NullMarked;

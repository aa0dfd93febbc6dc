/** Tests of the protocol's parts. */
@NullMarked
package io.wizzie.wcs.ami.localregion.query;

import org.jspecify.annotations.NullMarked;

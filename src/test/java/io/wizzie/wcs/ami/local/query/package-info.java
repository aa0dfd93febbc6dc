/** Tests of the protocol's parts. */
@NullMarked
package io.wizzie.wcs.ami.local.query;

import org.jspecify.annotations.NullMarked;

/** Tests of what the SDK has no way to ask. */
@NullMarked
package io.wizzie.wcs.ami.localregion.action;

import org.jspecify.annotations.NullMarked;

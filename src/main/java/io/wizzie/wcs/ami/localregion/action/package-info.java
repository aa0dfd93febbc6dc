/**
 * The EC2 actions of a local region, a class for each family, and the work on guests that follows
 * from them.
 */
@NullMarked
package io.wizzie.wcs.ami.localregion.action;

import org.jspecify.annotations.NullMarked;

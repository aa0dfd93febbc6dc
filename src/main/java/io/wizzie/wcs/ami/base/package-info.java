/**
 * What every concern shares: the failure type, secrets, waiting, the ID of a build. It knows
 * nothing of the other packages.
 */
@NullMarked
package io.wizzie.wcs.ami.base;

import org.jspecify.annotations.NullMarked;

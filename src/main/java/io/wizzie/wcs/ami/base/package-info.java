/**
 * What every concern shares: the failure type, secrets, waiting. It knows nothing of the other
 * packages.
 */
@NullMarked
package io.wizzie.wcs.ami.base;

import org.jspecify.annotations.NullMarked;

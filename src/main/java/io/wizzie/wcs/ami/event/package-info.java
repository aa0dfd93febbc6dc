/**
 * What happens in a build, as values, and the listeners that show or record it; what is made known
 * as secret is masked before any of them gets it. It knows nothing of the other packages.
 */
@NullMarked
package io.wizzie.wcs.ami.event;

import org.jspecify.annotations.NullMarked;

/**
 * What happens in a build, as values, and the listeners that show or record it. It knows nothing of
 * the other packages.
 */
@NullMarked
package io.wizzie.wcs.ami.event;

import org.jspecify.annotations.NullMarked;

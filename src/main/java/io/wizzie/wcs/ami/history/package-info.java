/**
 * What earlier builds wrote down: finds their manifests, reads them and compares two. It knows the
 * files, not how they came about.
 */
@NullMarked
package io.wizzie.wcs.ami.history;

import org.jspecify.annotations.NullMarked;

/**
 * The types that every concern shares: failures, secrets, waiting, the ID of a build, names of
 * files. They know nothing of the other packages.
 */
@NullMarked
package io.wizzie.wcs.ami.base;

import org.jspecify.annotations.NullMarked;

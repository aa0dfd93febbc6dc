/**
 * What the parts of the local region share: its guests' engine, policy, access key and timings. It
 * knows nothing of the other parts.
 */
@NullMarked
package io.wizzie.wcs.ami.localregion.model;

import org.jspecify.annotations.NullMarked;

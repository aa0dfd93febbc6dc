/**
 * The local region: an EC2 endpoint on loopback whose instances are containers. It knows nothing of
 * the pipeline.
 */
@NullMarked
package io.wizzie.wcs.ami.localregion;

import org.jspecify.annotations.NullMarked;

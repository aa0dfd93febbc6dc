/**
 * What a build leaves when it does not come to its end, and how that is found again: the
 * checkpoint, the way into a kept builder, where a killed build stands, and the cleaning. It does
 * not know the stages.
 */
@NullMarked
package io.wizzie.wcs.ami.pipeline.recovery;

import org.jspecify.annotations.NullMarked;

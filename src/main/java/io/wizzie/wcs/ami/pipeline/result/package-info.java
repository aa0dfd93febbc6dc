/**
 * What a build yields, and the files that say so: outcome, manifest, verification. It knows neither
 * the stages nor the recovery.
 */
@NullMarked
package io.wizzie.wcs.ami.pipeline.result;

import org.jspecify.annotations.NullMarked;

/** Tests of scenarios. */
@NullMarked
package io.wizzie.wcs.ami.localregion.scenario;

import org.jspecify.annotations.NullMarked;

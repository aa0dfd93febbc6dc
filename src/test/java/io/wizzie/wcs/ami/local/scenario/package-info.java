/** Tests of scenarios. */
@NullMarked
package io.wizzie.wcs.ami.local.scenario;

import org.jspecify.annotations.NullMarked;

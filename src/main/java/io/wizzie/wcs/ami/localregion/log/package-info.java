/** The action log: what clients asked of the regions of a state folder, and what became of it. */
@NullMarked
package io.wizzie.wcs.ami.localregion.log;

import org.jspecify.annotations.NullMarked;

/** The durable record of what a build created. */
@NullMarked
package io.wizzie.wcs.ami.journal;

import org.jspecify.annotations.NullMarked;

/** The folder of a build, with the durable record of what it created. */
@NullMarked
package io.wizzie.wcs.ami.journal;

import org.jspecify.annotations.NullMarked;

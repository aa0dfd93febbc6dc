/** Tests of the reader: units, and whole files with several problems at once. */
@NullMarked
package io.wizzie.wcs.ami.spec;

import org.jspecify.annotations.NullMarked;

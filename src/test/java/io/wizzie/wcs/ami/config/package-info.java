/** Tests of the reader: units, and whole files with several problems at once. */
@NullMarked
package io.wizzie.wcs.ami.config;

import org.jspecify.annotations.NullMarked;

/**
 * How a configuration becomes records: files, merging, origins, and all problems at once. It knows
 * neither AWS nor the command line.
 */
@NullMarked
package io.wizzie.wcs.ami.config.reader;

import org.jspecify.annotations.NullMarked;

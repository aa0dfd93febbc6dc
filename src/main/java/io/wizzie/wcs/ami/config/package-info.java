/**
 * The build specification: its records, and the reader that merges files, overrides and settings
 * into one and reports all problems at once. It knows neither AWS nor SSH nor the command line.
 */
@NullMarked
package io.wizzie.wcs.ami.config;

import org.jspecify.annotations.NullMarked;

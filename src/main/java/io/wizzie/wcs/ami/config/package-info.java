/**
 * The build specification's records and the rules of single values. It knows neither AWS nor SSH
 * nor the command line.
 */
@NullMarked
package io.wizzie.wcs.ami.config;

import org.jspecify.annotations.NullMarked;

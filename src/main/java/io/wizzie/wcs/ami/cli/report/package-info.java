/**
 * What a command found or made, as values, and how it is written: text for people, JSON for
 * programs. It knows neither options nor the work behind a value.
 */
@NullMarked
package io.wizzie.wcs.ami.cli.report;

import org.jspecify.annotations.NullMarked;

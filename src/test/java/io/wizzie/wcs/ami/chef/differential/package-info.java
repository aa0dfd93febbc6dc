/**
 * Compares what two programs that converge Chef's language make of the same cookbooks in two fresh
 * guests: the stand-in's truth is that of a real Chef.
 */
@NullMarked
package io.wizzie.wcs.ami.chef.differential;

import org.jspecify.annotations.NullMarked;

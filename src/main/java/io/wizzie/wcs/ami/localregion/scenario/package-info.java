/**
 * Time and trouble on demand: what a scenario says, the place in the state folder where the one in
 * force is kept, and what it does to a request.
 */
@NullMarked
package io.wizzie.wcs.ami.localregion.scenario;

import org.jspecify.annotations.NullMarked;

/**
 * Tries out an instance of a finished image: its first boot, and what must work afterwards, seen
 * from inside and from outside. Knows shells and addresses, not EC2.
 */
@NullMarked
package io.wizzie.wcs.ami.verify;

import org.jspecify.annotations.NullMarked;

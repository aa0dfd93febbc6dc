/**
 * What a local region remembers: records, the file they are kept in, and how EC2's states follow
 * from the times in them.
 */
@NullMarked
package io.wizzie.wcs.ami.localregion.state;

import org.jspecify.annotations.NullMarked;

/**
 * The contract suite: what EC2 does according to its documentation, asked through the AWS SDK of
 * the local region's endpoint and of Moto, an implementation that nobody here wrote.
 */
@NullMarked
package io.wizzie.wcs.ami.localregion.contract;

import org.jspecify.annotations.NullMarked;

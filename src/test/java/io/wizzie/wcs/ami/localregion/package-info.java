/** Tests of the local region, through the AWS SDK wherever that can say it. */
@NullMarked
package io.wizzie.wcs.ami.localregion;

import org.jspecify.annotations.NullMarked;

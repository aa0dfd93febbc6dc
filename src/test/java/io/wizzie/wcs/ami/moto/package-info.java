/** The whole program against Moto, an EC2 implementation that nobody of this project wrote. */
@NullMarked
package io.wizzie.wcs.ami.moto;

import org.jspecify.annotations.NullMarked;

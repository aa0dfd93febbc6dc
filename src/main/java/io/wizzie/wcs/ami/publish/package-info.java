/**
 * What makes a finished image a product: so far, the CloudFormation template that launches it. It
 * knows nothing of how the image was made, neither SSH nor Chef.
 */
@NullMarked
package io.wizzie.wcs.ami.publish;

import org.jspecify.annotations.NullMarked;

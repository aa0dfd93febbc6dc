/**
 * Texts for cloud-init: the builder's user data, and the hook in the image that converges the
 * bootstrap cookbooks at the first boot of every instance.
 */
@NullMarked
package io.wizzie.wcs.ami.cloudinit;

import org.jspecify.annotations.NullMarked;

/**
 * What is installed in the guest that becomes an image: packages, container images, gems, kernels.
 * It asks the guest over SSH and writes a CycloneDX document, and knows neither EC2 nor the build.
 */
@NullMarked
package io.wizzie.wcs.ami.inventory;

import org.jspecify.annotations.NullMarked;

/**
 * Provisioning with chef-solo: the cookbook bundle, the installation of Chef, the converge and its
 * exit codes. It knows nothing of EC2.
 */
@NullMarked
package io.wizzie.wcs.ami.chef;

import org.jspecify.annotations.NullMarked;

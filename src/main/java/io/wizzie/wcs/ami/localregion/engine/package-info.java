/**
 * The guests of the local region: systemd containers, run by Podman or Docker through their command
 * line, that meet what an instance of EC2 meets: cloud-init with instance data, a metadata service,
 * a file system that becomes an image. It knows nothing of the EC2 protocol.
 */
@NullMarked
package io.wizzie.wcs.ami.localregion.engine;

import org.jspecify.annotations.NullMarked;

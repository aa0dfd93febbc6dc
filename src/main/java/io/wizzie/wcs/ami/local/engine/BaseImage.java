package io.wizzie.wcs.ami.local.engine;

import java.time.Instant;

/**
 * The image that the local region's instances are launched from, when it is not one of their own.
 *
 * @param imageRef its reference for {@link ContainerEngine#launch}
 * @param name in the manner of an AMI's, such as {@code wcs-ami-local/debian-12-amd64-20260131}
 * @param description what system it is and what it was made of
 * @param loginUser the distribution's own login user
 * @param created when it was made
 * @param sizeBytes with all its layers
 */
public record BaseImage(
    String imageRef,
    String name,
    String description,
    String loginUser,
    Instant created,
    long sizeBytes) {}

package io.wizzie.wcs.ami.localregion.model;

import java.time.Instant;

/**
 * The image that every region starts with, as other images are made from it.
 *
 * @param imageRef what {@link GuestEngine#launch} knows it by
 * @param name of the EC2 image, such as {@code wcs-ami-local/debian-12-amd64-20260101}
 * @param sizeBytes of its file system
 * @param architecture in EC2's words: {@code x86_64} or {@code arm64}
 */
public record BaseImage(
    String imageRef, String name, Instant created, long sizeBytes, String architecture) {}

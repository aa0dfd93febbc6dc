package io.wizzie.wcs.ami.pipeline.result;

/**
 * A resource that still exists when the build is over.
 *
 * @param kind in EC2's words, such as {@code instance}
 * @param reason why it is left
 * @param removal the command that removes it
 */
public record Leftover(String kind, String id, String reason, String removal) {}

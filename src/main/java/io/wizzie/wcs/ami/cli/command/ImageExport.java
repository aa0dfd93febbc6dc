package io.wizzie.wcs.ami.cli.command;

import java.nio.file.Path;

/**
 * An image of the local region whose files are to be written to an archive.
 *
 * @param image ID, or a name that only one has
 * @param target a file, which is replaced if it exists
 */
public record ImageExport(String image, Path target) {}

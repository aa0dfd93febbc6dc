package io.wizzie.wcs.ami.chef;

/**
 * The chef-solo that a guest has.
 *
 * @param product as it names itself, such as {@code Cinc Client}
 * @param version such as {@code 18.7.10}
 * @param soloPath absolute path in the guest
 * @param standIn whether it is the local region's stand-in, which is not Chef
 */
public record InstalledChef(String product, String version, String soloPath, boolean standIn) {}

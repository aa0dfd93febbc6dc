/**
 * The whole path: the packaged program as a process of its own, in a local region of its own, with
 * real guests.
 */
@org.jspecify.annotations.NullMarked
package io.wizzie.wcs.ami.e2e;

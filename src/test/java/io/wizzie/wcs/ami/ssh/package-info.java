/** Tests of the SSH side against MINA's own server; against OpenSSH in the integration tests. */
@NullMarked
package io.wizzie.wcs.ami.ssh;

import org.jspecify.annotations.NullMarked;

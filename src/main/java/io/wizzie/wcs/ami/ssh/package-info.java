/**
 * A shell on the builder over SSH, with the host key pinned, the diagnosis of a failed connect, and
 * commands that outlive a lost connection. It knows nothing of EC2.
 */
@NullMarked
package io.wizzie.wcs.ami.ssh;

import org.jspecify.annotations.NullMarked;

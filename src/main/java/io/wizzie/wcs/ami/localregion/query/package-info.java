/**
 * The EC2 Query protocol over HTTP on loopback: form-encoded requests become the request types of
 * the AWS SDK, its response types become XML. It knows no action and no state.
 */
@NullMarked
package io.wizzie.wcs.ami.localregion.query;

import org.jspecify.annotations.NullMarked;

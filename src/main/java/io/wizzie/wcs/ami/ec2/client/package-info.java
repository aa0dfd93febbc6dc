/**
 * How a call reaches EC2: client, credentials, retry policy, kinds of failure and what each action
 * needs. It knows no resource.
 */
@NullMarked
package io.wizzie.wcs.ami.ec2.client;

import org.jspecify.annotations.NullMarked;

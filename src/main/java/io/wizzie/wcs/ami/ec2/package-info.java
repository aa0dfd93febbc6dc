/**
 * Narrow verbs over the EC2 client, one class per EC2 resource, with EC2's waits, races and error
 * codes. It knows neither SSH nor Chef.
 */
@NullMarked
package io.wizzie.wcs.ami.ec2;

import org.jspecify.annotations.NullMarked;

/**
 * The Marketplace's rules for an image, each as a small check: what is inside the guest is asked in
 * the guest, what EC2 knows of the image is judged from plain values. It knows neither how an
 * instance comes about nor what is done about a finding.
 */
@NullMarked
package io.wizzie.wcs.ami.audit;

import org.jspecify.annotations.NullMarked;

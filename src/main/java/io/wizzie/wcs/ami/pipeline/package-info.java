/**
 * The pipeline from specification to image: which stage follows which, and what is removed when one
 * fails. It does not know how a stage does its work.
 */
@NullMarked
package io.wizzie.wcs.ami.pipeline;

import org.jspecify.annotations.NullMarked;

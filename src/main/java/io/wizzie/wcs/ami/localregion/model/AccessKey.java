package io.wizzie.wcs.ami.localregion.model;

import io.wizzie.wcs.ami.base.Secret;

/** What a client signs its requests with; the local region has one for each state folder. */
public record AccessKey(String id, Secret secret) {}

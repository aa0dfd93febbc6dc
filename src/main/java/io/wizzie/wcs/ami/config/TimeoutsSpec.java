package io.wizzie.wcs.ami.config;

import java.time.Duration;

/** The limits of waits for EC2 and the guest that no other field sets. */
public record TimeoutsSpec(
    @Field(
            value =
                "How long one call is repeated that EC2 throttles, fails at or does"
                    + " not answer.",
            byDefault = "2m",
            between = {"0s", "1h"})
        Duration repeat,
    @Field(
            value = "How long what was just made may be unknown to EC2.",
            byDefault = "1m",
            between = {"0s", "30m"})
        Duration visible,
    @Field(
            value = "How long the builder may take to stop.",
            byDefault = "10m",
            between = {"10s", "1h"})
        Duration stop,
    @Field(
            value = "How long the builder may take to terminate.",
            byDefault = "10m",
            between = {"10s", "1h"})
        Duration terminate,
    @Field(
            value =
                "How long a security group or snapshot may stay in use after its user"
                    + " is gone.",
            byDefault = "3m",
            between = {"0s", "1h"})
        Duration release,
    @Field(
            value =
                "How long the build pauses for new credentials when the ones in use"
                    + " expire; 0s gives up at once.",
            byDefault = "15m",
            between = {"0s", "1d"})
        Duration credentials,
    @Field(
            value =
                "How long one try to log in may take, from the TCP connection to a"
                    + " usable login.",
            byDefault = "30s",
            between = {"1s", "10m"})
        Duration login,
    @Field(
            value =
                "How long a key that the server rejects is tried on: cloud-init may"
                    + " still be making the user.",
            byDefault = "1m",
            between = {"0s", "1h"})
        Duration rejection,
    @Field(
            value =
                "How long the builder's cloud-init may take, and then whoever holds"
                    + " apt's locks.",
            byDefault = "15m",
            between = {"1s", "6h"})
        Duration cloudInit,
    @Field(
            value =
                "How long getting Chef's package into the builder and installing it" + " may take.",
            byDefault = "1h",
            between = {"1s", "1d"})
        Duration chefInstall,
    @Field(
            value =
                "How long a reboot that the cookbooks ask for may take to come,"
                    + " `provision.timeout` permitting.",
            byDefault = "15m",
            between = {"1s", "6h"})
        Duration reboot,
    @Field(
            value =
                "How long the audit may look through the builder, or an instance of"
                    + " the image.",
            byDefault = "15m",
            between = {"1s", "6h"})
        Duration guestAudit,
    @Field(
            value = "How long listing what is installed may take.",
            byDefault = "5m",
            between = {"1s", "6h"})
        Duration inventory,
    @Field(
            value = "How long the builder's cleaning may take.",
            byDefault = "10m",
            between = {"1s", "6h"})
        Duration guestCleaning,
    @Field(
            value =
                "How long any other command in a guest may take: all that only look,"
                    + " or write a small file.",
            byDefault = "2m",
            between = {"1s", "1h"})
        Duration guestCommand) {}

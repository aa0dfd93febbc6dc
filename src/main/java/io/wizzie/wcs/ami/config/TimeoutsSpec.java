package io.wizzie.wcs.ami.config;

import java.time.Duration;

/** The limits of waits for EC2 and the guest that no other field sets. */
public record TimeoutsSpec(
    @Field("How long one call is repeated that EC2 throttles, fails at or does not answer.")
        @Field.Default("2m")
        @Field.Between({"0s", "1h"})
        Duration repeat,
    @Field("How long what was just made may be unknown to EC2.")
        @Field.Default("1m")
        @Field.Between({"0s", "30m"})
        Duration visible,
    @Field("How long the builder may take to stop.")
        @Field.Default("10m")
        @Field.Between({"10s", "1h"})
        Duration stop,
    @Field("How long the builder may take to terminate.")
        @Field.Default("10m")
        @Field.Between({"10s", "1h"})
        Duration terminate,
    @Field("How long a security group or snapshot may stay in use after its user is gone.")
        @Field.Default("3m")
        @Field.Between({"0s", "1h"})
        Duration release,
    @Field(
            "How long the build pauses for new credentials when the ones in use expire; 0s"
                + " gives up at once.")
        @Field.Default("15m")
        @Field.Between({"0s", "1d"})
        Duration credentials,
    @Field("How long one try to log in may take, from the TCP connection to a usable login.")
        @Field.Default("30s")
        @Field.Between({"1s", "10m"})
        Duration login,
    @Field(
            "How long a key that the server rejects is tried on: cloud-init may still be making"
                + " the user.")
        @Field.Default("1m")
        @Field.Between({"0s", "1h"})
        Duration rejection,
    @Field("How long the builder's cloud-init may take, and then whoever holds apt's locks.")
        @Field.Default("15m")
        @Field.Between({"1s", "6h"})
        Duration cloudInit,
    @Field("How long getting Chef's package into the builder and installing it may take.")
        @Field.Default("1h")
        @Field.Between({"1s", "1d"})
        Duration chefInstall,
    @Field(
            "How long a reboot that the cookbooks ask for may take to come, `provision.timeout`"
                + " permitting.")
        @Field.Default("15m")
        @Field.Between({"1s", "6h"})
        Duration reboot,
    @Field("How long the audit may look through the builder, or an instance of the image.")
        @Field.Default("15m")
        @Field.Between({"1s", "6h"})
        Duration guestAudit,
    @Field("How long listing what is installed may take.")
        @Field.Default("5m")
        @Field.Between({"1s", "6h"})
        Duration inventory,
    @Field("How long the builder's cleaning may take.")
        @Field.Default("10m")
        @Field.Between({"1s", "6h"})
        Duration guestCleaning,
    @Field(
            "How long any other command in a guest may take: all that only look, or write a"
                + " small file.")
        @Field.Default("2m")
        @Field.Between({"1s", "1h"})
        Duration guestCommand) {}

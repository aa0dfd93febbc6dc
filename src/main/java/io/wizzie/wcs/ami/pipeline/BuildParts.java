package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.ec2.OperatorAddress;
import io.wizzie.wcs.ami.ec2.client.Ec2Connection;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a build works with; the program passes the real ones.
 *
 * @param sshAgentSocket value of {@code SSH_AUTH_SOCK}; null when there is no agent
 * @param events gets events from more than one thread, never two at a time
 * @param outputFolder each build makes a folder of its own in it
 * @param toolVersion version of this program, for the record
 */
public record BuildParts(
    Ec2Connection ec2,
    RemoteShell.Connector connector,
    @Nullable String sshAgentSocket,
    OperatorAddress operatorAddress,
    Clock clock,
    Sleeper sleeper,
    Consumer<BuildEvent> events,
    Path outputFolder,
    String toolVersion) {}

package io.wizzie.wcs.ami.cli.command;

import picocli.CommandLine.Command;

/** {@code wcs-ami local scenario}: groups the commands of time and trouble on demand. */
@Command(
    name = "scenario",
    header = "Make the local region slow, inconsistent or faulty, on demand.",
    description = {
      "A scenario is a JSON file (comments allowed) that says how long states last, how long new"
          + " things are not found, what is throttled, which capacity is missing, and which calls"
          + " fail, lose their connection or are answered late: always, n times, or with a probability. The schema is"
          + " config/scenario.schema.json; examples are in config/scenarios.",
      "",
      "The one that is set is kept in the state folder. Every process that serves the region follows"
          + " it from the next request on, also 'wcs-ami build --region local', until it is cleared.",
    },
    footer = {
      "wcs-ami local scenario set config/scenarios/no-capacity.json",
      "wcs-ami build --region local",
      "wcs-ami local scenario clear",
    })
final class LocalScenarioCommand extends GroupCommand {}

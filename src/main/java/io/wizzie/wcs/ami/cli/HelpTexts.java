package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a help page says below the options.
 *
 * @param environment variables with their meaning, in order
 * @param exitCodes codes with their meaning, in order
 */
record HelpTexts(
    List<String> examples, Map<String, String> environment, Map<String, String> exitCodes) {

  /** The texts of the command of this full name. */
  static HelpTexts of(String command) {
    return switch (command) {
      case "wcs-ami" ->
          new HelpTexts(
              List.of(
                  "wcs-ami build --region local       rehearse on this machine",
                  "wcs-ami build --region us-east-1   build in AWS",
                  "wcs-ami build --help               everything about building"),
              Map.of(),
              exitCodes(ExitCode.values()));
      case "wcs-ami build" ->
          new HelpTexts(
              List.of(
                  "AMI=$(wcs-ami build --region us-east-1 --profile marketplace)",
                  "wcs-ami build --region local -v",
                  "wcs-ami build --region us-east-1 --verify",
                  "wcs-ami build --config base.json --config mine.json \\",
                  "              --set image.name=wcs-trial --set builder.lifetime=4h",
                  "wcs-ami build --output json | jq -r .imageId"),
              environment(true),
              exitCodes(ExitCode.values()));
      case "wcs-ami resume" ->
          new HelpTexts(
              List.of(
                  "AMI=$(wcs-ami resume wcs-20261122-135800-ab12cd)",
                  "wcs-ami resume wcs-20261122-135800-ab12cd --output json",
                  "wcs-ami clean --build wcs-20261122-135800-ab12cd   the alternative"),
              recorded(),
              resumptionCodes());
      case "wcs-ami verify" ->
          new HelpTexts(
              List.of(
                  "wcs-ami verify ami-0123456789abcdef0 --region us-east-1",
                  "wcs-ami verify ami-0123456789abcdef0 --region local --output json",
                  "wcs-ami build --verify             the same, before the image is handed out"),
              environment(true),
              imageCodes("The image works.", "A check failed; the image is left as it is."));
      case "wcs-ami plan" ->
          new HelpTexts(
              List.of(
                  "wcs-ami plan --region us-east-1 --profile marketplace",
                  "wcs-ami plan --output json | jq '.permissions[] | select(.verdict==\"denied\")'"),
              environment(true),
              planCodes());
      case "wcs-ami policy" ->
          new HelpTexts(
              List.of(
                  "wcs-ami policy > policy.json",
                  "wcs-ami policy --output text",
                  "aws iam put-user-policy --user-name builder --policy-name wcs-ami \\",
                  "    --policy-document \"$(wcs-ami policy)\""),
              environment(false),
              exitCodes(ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE));
      case "wcs-ami validate" ->
          new HelpTexts(
              List.of(
                  "wcs-ami validate",
                  "wcs-ami validate --region local --set 'provision.runList=[\"wcsprov\"]'"),
              environment(false),
              exitCodes(ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE));
      case "wcs-ami audit" ->
          new HelpTexts(
              List.of(
                  "wcs-ami audit ami-0f3c5b2a917de4c68 --region us-east-1",
                  "wcs-ami audit ami-0f3c5b2a --region local --output sarif > a.sarif"),
              environment(true),
              imageCodes(
                  "Nothing was found that is an error and is not waived.",
                  "An error was found; the image is left as it is."));
      case "wcs-ami list" ->
          new HelpTexts(
              List.of(
                  "wcs-ami list --region us-east-1",
                  "wcs-ami list --region local --output json | jq -r '.images[0].imageId'"),
              environment(true),
              exitCodes(ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERRUPTED));
      case "wcs-ami clean" ->
          new HelpTexts(
              List.of(
                  "wcs-ami clean --region us-east-1 --region eu-west-1 --dry-run",
                  "wcs-ami clean --region us-east-1 --older-than 4h",
                  "wcs-ami clean --build wcs-20261122-135800-ab12cd --region local"),
              environment(true),
              cleaningCodes());
      case "wcs-ami template" ->
          new HelpTexts(
              List.of(
                  "wcs-ami template > wcs.json",
                  "wcs-ami template --image ami-0123456789abcdef0",
                  "wcs-ami template --manifest made/for/ci.json"),
              environment(true),
              exitCodes(ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERRUPTED));
      case "wcs-ami diff" ->
          new HelpTexts(
              List.of(
                  "wcs-ami diff ami-0aaaaaaaaaaaaaaaa ami-0bbbbbbbbbbbbbbbb",
                  "wcs-ami diff released/manifest.json wcs-20261122-135800-ab12cd",
                  "wcs-ami diff A B --output json | jq -e .different"),
              terminal(),
              exitCodes(ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE));
      case "wcs-ami local" ->
          local("wcs-ami local up", "wcs-ami local serve --port 4566", "wcs-ami local status");
      case "wcs-ami local up" ->
          local("wcs-ami local up", "wcs-ami local up --image localhost/my-debian:12");
      case "wcs-ami local serve" ->
          local(
              "wcs-ami local serve --port 4566",
              "wcs-ami local serve --port 4566 --policy none",
              "eval \"$(wcs-ami local env)\"  # in another terminal",
              "aws ec2 describe-images --endpoint-url \"$AWS_ENDPOINT_URL_EC2\"");
      case "wcs-ami local env" ->
          local(
              "eval \"$(wcs-ami local env)\"",
              "eval \"$(sudo wcs-ami local env)\"  # where root serves",
              "aws ec2 describe-images --endpoint-url \"$AWS_ENDPOINT_URL_EC2\"");
      case "wcs-ami local prune" ->
          local("wcs-ami local prune --keep 3", "wcs-ami local prune --older-than 7d --keep 1");
      case "wcs-ami export" ->
          local(
              "wcs-ami export ami-0f3c5b2a917de4c68 --output image.tar",
              "wcs-ami export ami-0f3c5b2a917de4c68 --format raw --output image.ext4",
              "mount -o loop,ro image.ext4 /mnt");
      case "wcs-ami local log" ->
          local(
              "wcs-ami local log --follow",
              "wcs-ami local log --output json | jq -r 'select(.code != \"OK\") | .action'");
      case "wcs-ami local scenario", "wcs-ami local scenario set" ->
          local(
              "wcs-ami local scenario set config/scenarios/no-capacity.json",
              "wcs-ami build --region local",
              "wcs-ami local scenario clear");
      default -> local(command);
    };
  }

  private static HelpTexts local(String... examples) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("WCS_AMI_STATE_DIR", "Folder of the local region's state.");
    environment.put(
        "XDG_STATE_HOME", "Its wcs-ami/regions is used else; ~/.local/state by default.");
    environment.putAll(terminal());
    return new HelpTexts(
        List.of(examples),
        environment,
        exitCodes(ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERRUPTED));
  }

  /** An option goes before its variable, a variable before the configuration. */
  private static Map<String, String> environment(boolean credentials) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_REGION", "Region; before AWS_DEFAULT_REGION.");
    environment.put("AWS_PROFILE", "Profile of the AWS configuration files.");
    if (credentials) {
      environment.put(
          "AWS_ACCESS_KEY_ID",
          "Credentials, with AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; else what the AWS SDK"
              + " finds: profile, SSO, web identity, container, instance.");
      environment.put("AWS_ENDPOINT_URL_EC2", "EC2 endpoint; before AWS_ENDPOINT_URL.");
    }
    environment.put("WCS_AMI_STATE_DIR", "Folder of the local region's state.");
    environment.putAll(terminal());
    return environment;
  }

  /** The region is recorded, and no variable's matter. */
  private static Map<String, String> recorded() {
    Map<String, String> environment = environment(true);
    environment.remove("AWS_REGION");
    return environment;
  }

  private static Map<String, String> resumptionCodes() {
    Map<String, String> codes = exitCodes(ExitCode.values());
    codes.put("2", "It can't be resumed, or wrong options or credentials; nothing was changed.");
    return codes;
  }

  private static Map<String, String> terminal() {
    Map<String, String> terminal = new LinkedHashMap<>();
    terminal.put("NO_COLOR", "When set: no colours.");
    terminal.put("FORCE_COLOR", "When set: colours into a pipe and in CI too.");
    terminal.put("CI", "When set: plain lines with time stamps, as into a pipe.");
    terminal.put("COLUMNS", "Width to write for; else the terminal's own.");
    return terminal;
  }

  private static Map<String, String> planCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "A build may begin.");
    codes.put("1", "Failed: EC2 could not be asked, or the result not be written.");
    codes.put("2", "Something is denied or taken; or wrong options, configuration or credentials.");
    codes.put("130", ExitCode.INTERRUPTED.brief());
    return codes;
  }

  /** Of a command that launches instances of an image to look at it. */
  private static Map<String, String> imageCodes(String good, String bad) {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", good);
    codes.put("1", "Failed; everything that was created for it was removed.");
    codes.put("2", ExitCode.USAGE.meaning());
    codes.put("3", ExitCode.LEFT_BEHIND.meaning());
    codes.put("4", bad);
    codes.put("130", "Interrupted; everything that was created for it was removed.");
    return codes;
  }

  private static Map<String, String> cleaningCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "Nothing is left, but for what belongs to builds that live.");
    codes.put("1", "Failed: EC2 could not be asked, or the result not be written.");
    codes.put("2", "Wrong options or credentials; nothing was removed.");
    codes.put("3", "Something is left; with --build, also when that build lives.");
    codes.put("130", "Interrupted; run it again for the rest.");
    return codes;
  }

  private static Map<String, String> exitCodes(ExitCode... codes) {
    Map<String, String> texts = new LinkedHashMap<>();
    // Only what builds needs to say what became of the image and the rest.
    boolean builds = List.of(codes).contains(ExitCode.LEFT_BEHIND);
    for (ExitCode code : codes) {
      texts.put(String.valueOf(code.code()), builds ? code.meaning() : code.brief());
    }
    return texts;
  }
}

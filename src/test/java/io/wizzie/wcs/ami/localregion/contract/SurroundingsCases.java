package io.wizzie.wcs.ami.localregion.contract;

import static io.wizzie.wcs.ami.localregion.contract.Situation.HOME;
import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_INSTANCE;
import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_SUBNET;
import static io.wizzie.wcs.ami.localregion.contract.Situation.filter;
import static io.wizzie.wcs.ami.localregion.contract.Situation.form;
import static io.wizzie.wcs.ami.localregion.contract.Situation.tag;
import static io.wizzie.wcs.ami.localregion.contract.Situation.text;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** Tags, subnets, regions, and the password of an instance. */
final class SurroundingsCases {
  private SurroundingsCases() {}

  static List<Case> all() {
    return Stream.of(createTags(), describeTags(), subnets(), regions(), password())
        .flatMap(table -> table.cases().stream())
        .toList();
  }

  private static CaseTable createTags() {
    return CaseTable.of("CreateTags")
        .answers(
            "on two things at once",
            "[[Name=x], [Name=x]]",
            s -> {
              String id = s.running();
              String volumeId = s.volume();
              s.ec2().createTags(r -> r.resources(id, volumeId).tags(tag("Name", "x")));
              return List.of(text(s.instance(id).tags()), text(s.describedVolume(volumeId).tags()));
            })
        .answers(
            "a key that is there gets the new value",
            "[Name=y]",
            s -> {
              String id = s.running();
              s.ec2().createTags(r -> r.resources(id).tags(tag("Name", "x")));
              s.ec2().createTags(r -> r.resources(id).tags(tag("Name", "y")));
              return text(s.instance(id).tags());
            })
        .answers(
            "values are kept as they are",
            "[Name=<a> & \"b\" ü ]",
            s -> {
              String id = s.running();
              s.ec2().createTags(r -> r.resources(id).tags(tag("Name", "<a> & \"b\" ü ")));
              return text(s.instance(id).tags());
            })
        .refuses(
            "on what is not there",
            "InvalidInstanceID.NotFound",
            s -> s.ec2().createTags(r -> r.resources(NO_INSTANCE).tags(tag("Name", "x"))))
        .refuses(
            "on what is no ID",
            "InvalidID",
            s -> s.ec2().createTags(r -> r.resources("thing").tags(tag("Name", "x"))))
        .refuses(
            "a key that is AWS's own",
            "InvalidParameterValue",
            s -> {
              String id = s.running();
              s.ec2().createTags(r -> r.resources(id).tags(tag("aws:Name", "x")));
            })
        .refuses(
            "a key that is too long",
            "InvalidParameterValue",
            s -> {
              String id = s.running();
              s.ec2().createTags(r -> r.resources(id).tags(tag("k".repeat(129), "x")));
            })
        .refuses(
            "more than fifty",
            "TagLimitExceeded",
            s -> {
              String id = s.running();
              s.ec2()
                  .createTags(
                      r ->
                          r.resources(id)
                              .tags(
                                  IntStream.range(0, 51)
                                      .mapToObj(i -> tag("key" + i, "x"))
                                      .toList()));
            })
        .refuses(
            "no tags",
            "MissingParameter",
            s -> {
              String id = s.running();
              s.ec2().createTags(r -> r.resources(id));
            });
  }

  private static CaseTable describeTags() {
    return CaseTable.of("DescribeTags")
        .answers(
            "of one thing, with its type",
            "[instance Name=x]",
            s -> {
              String id = s.running();
              s.ec2().createTags(r -> r.resources(id).tags(tag("Name", "x")));
              return described(s, "resource-id", id);
            })
        .answers(
            "by type of thing",
            "[volume Name=y]",
            s -> {
              tagTwo(s);
              return described(s, "resource-type", "volume");
            })
        .answers(
            "by a value with a wildcard",
            "[volume Name=y]",
            s -> {
              tagTwo(s);
              return described(s, "value", "y*");
            })
        .answers(
            "by key",
            "[]",
            s -> {
              tagTwo(s);
              return described(s, "key", "Owner");
            })
        .answers(
            "in pages",
            "[5, 1]",
            s -> {
              String id = s.running();
              s.ec2()
                  .createTags(
                      r ->
                          r.resources(id)
                              .tags(
                                  IntStream.range(0, 6)
                                      .mapToObj(i -> tag("key" + i, "x"))
                                      .toList()));
              var first = s.ec2().describeTags(r -> r.maxResults(5));
              var second = s.ec2().describeTags(r -> r.maxResults(5).nextToken(first.nextToken()));
              return List.of(first.tags().size(), second.tags().size());
            })
        .refuses("an unknown filter", "InvalidParameterValue", s -> described(s, "colour", "red"));
  }

  private static void tagTwo(Situation s) {
    String id = s.running();
    String volumeId = s.volume();
    s.ec2().createTags(r -> r.resources(id).tags(tag("Name", "x")));
    s.ec2().createTags(r -> r.resources(volumeId).tags(tag("Name", "y")));
  }

  private static List<String> described(Situation s, String filter, String value) {
    return s.ec2().describeTags(r -> r.filters(filter(filter, value))).tags().stream()
        .map(SurroundingsCases::inWords)
        .toList();
  }

  private static String inWords(TagDescription tag) {
    return tag.resourceTypeAsString() + " " + tag.key() + "=" + tag.value();
  }

  private static CaseTable subnets() {
    return CaseTable.of("DescribeSubnets")
        .answers(
            "a default subnet in every zone of the default VPC",
            "[true, true, available, true]",
            s -> {
              List<Subnet> subnets = s.subnets();
              return List.of(
                  subnets.size() >= 3,
                  subnets.stream().allMatch(Subnet::defaultForAz),
                  subnets.get(0).stateAsString(),
                  subnets.get(0).mapPublicIpOnLaunch());
            })
        .answers(
            "by zone",
            1,
            s -> {
              String zone = s.subnets().get(1).availabilityZone();
              return s.ec2()
                  .describeSubnets(r -> r.filters(filter("availability-zone", zone)))
                  .subnets()
                  .size();
            })
        .answers(
            "by VPC, default only",
            true,
            s ->
                s.ec2()
                        .describeSubnets(
                            r ->
                                r.filters(
                                    filter("vpc-id", s.vpcId()), filter("default-for-az", "true")))
                        .subnets()
                        .size()
                    == s.subnets().size())
        .refuses(
            "an ID that is not there",
            "InvalidSubnetID.NotFound",
            s -> s.ec2().describeSubnets(r -> r.subnetIds(NO_SUBNET)))
        .refuses(
            "an unknown filter",
            "InvalidParameterValue",
            s -> s.ec2().describeSubnets(r -> r.filters(filter("colour", "red"))));
  }

  private static CaseTable regions() {
    return CaseTable.of("DescribeRegions")
        .answers(
            "the region asked for",
            "[us-east-1 opt-in-not-required]",
            s ->
                s.ec2().describeRegions(r -> r.regionNames(HOME)).regions().stream()
                    .map(region -> region.regionName() + " " + region.optInStatus())
                    .toList())
        .answers(
            "several by a filter with a wildcard",
            true,
            s ->
                s
                    .ec2()
                    .describeRegions(r -> r.filters(filter("region-name", "eu-west-*")))
                    .regions()
                    .stream()
                    .map(Region::regionName)
                    .toList()
                    .containsAll(List.of("eu-west-1", "eu-west-2", "eu-west-3")))
        .refuses(
            "a region that is not there",
            "InvalidParameterValue",
            s -> s.ec2().describeRegions(r -> r.regionNames("mars-north-1")));
  }

  private static CaseTable password() {
    return CaseTable.of("GetPasswordData")
        .answers(
            "none for a Linux instance",
            "[i-17, ]",
            s -> {
              String id = s.running();
              var answer = s.ec2().getPasswordData(r -> r.instanceId(id));
              return List.of(form(answer.instanceId()), answer.passwordData());
            })
        .refuses("no instance", "MissingParameter", s -> s.ec2().getPasswordData(r -> {}));
  }
}

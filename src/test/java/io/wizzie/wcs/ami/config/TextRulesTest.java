package io.wizzie.wcs.ami.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextRulesTest {
  static Stream<Arguments> good() {
    return Stream.of(
            of(TextRules.REGION, "us-east-1", "us-gov-west-1", "local"),
            of(TextRules.VERSION, "1.1.0", "2.0.0-rc1", "nightly_3"),
            of(TextRules.IMAGE_ID, "ami-12345678", "ami-0123456789abcdef0"),
            of(TextRules.OWNER, "099720109477", "self", "amazon", "aws-marketplace"),
            of(TextRules.FILTER_NAME, "name", "root-device-type", "tag:My Tag"),
            of(
                TextRules.INSTANCE_TYPE,
                "t3.nano",
                "t3.xlarge",
                "m7i-flex.large",
                "u-12tb1.112xlarge",
                "c7i.metal-24xl",
                "mac2-m2pro.metal"),
            of(TextRules.CIDR, "0.0.0.0/0", "10.0.0.0/8", "203.0.113.7/32", "128.0.0.0/1"),
            of(
                TextRules.INSTANCE_PROFILE,
                "builder",
                "arn:aws:iam::123456789012:instance-profile/path/builder",
                "arn:aws-us-gov:iam::123456789012:instance-profile/b"),
            of(TextRules.TAG_KEY, "Name", "größe", "a:b", "my aws:thing"),
            of(TextRules.TAG_VALUE, "", "a b", "{timestamp"),
            of(TextRules.USER, "ubuntu", "_apt", "ec2-user"),
            of(TextRules.URL, "https://example.com/a_b-1.deb?x=%20", "http://127.0.0.1:8080/a"),
            of(TextRules.LOG_LEVEL, "auto", "trace", "fatal"),
            of(TextRules.CHEF_ARGUMENT, "--no-color", "-L", "--profile-ruby"),
            of(
                TextRules.RUN_LIST_ITEM,
                "recipe[a]",
                "recipe[a-b::c_d]",
                "recipe[a::b@1.2.3]",
                "recipe[a@1.2]",
                "role[web]",
                "a",
                "a::b"),
            of(TextRules.GUEST_PATH, "/var/log/a.log", "/opt/cinc/bin/chef-solo", "/.x"))
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> of(TextRule rule, String... values) {
    return Stream.of(values).map(value -> arguments(rule, value));
  }

  @ParameterizedTest
  @MethodSource("good")
  void takesWhatEc2AndChefTake(TextRule rule, String value) {
    assertThat(rule.problemWith(value)).isNull();
  }

  @ParameterizedTest
  @MethodSource("good")
  void takesItsOwnExample(TextRule rule, String value) {
    assertThat(rule.problemWith(rule.example())).as(value).isNull();
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        arguments(TextRules.REGION, "EU_West", "is not a region; did you mean \"eu-west-1\"?"),
        arguments(
            TextRules.IMAGE_ID,
            "ami-123",
            "is not an AMI ID; write ami- and 8 or 17 hex digits, such as"
                + " \"ami-0123456789abcdef0\"."),
        arguments(
            TextRules.SUBNET_ID,
            "sg-12345678",
            "is not a subnet ID; write subnet- and 8 or 17 hex digits, such as"
                + " \"subnet-0123456789abcdef0\"."),
        arguments(
            TextRules.OWNER,
            "canonical",
            "is not an image owner; write a 12-digit account ID, \"self\", \"amazon\" or"
                + " \"aws-marketplace\", such as \"099720109477\"."),
        arguments(TextRules.INSTANCE_TYPE, "t3", "is not an instance type, such as \"t3.medium\"."),
        arguments(
            TextRules.INSTANCE_TYPE, "t3.huge", "is not an instance type, such as \"t3.medium\"."),
        arguments(
            TextRules.CIDR,
            "10.0.0.1",
            "is not an IPv4 range; write address and prefix length, such as \"203.0.113.0/24\"."),
        arguments(
            TextRules.CIDR,
            "10.0.256.0/24",
            "is not an IPv4 range: 256 is more than 255; correct the address."),
        arguments(
            TextRules.CIDR,
            "10.0.0.0/33",
            "is not an IPv4 range: /33 is more than /32; correct the prefix length."),
        arguments(
            TextRules.CIDR,
            "203.0.113.9/24",
            "has an address inside the range; write 203.0.113.0/24 for the range, or"
                + " 203.0.113.9/32 for the one address."),
        arguments(
            TextRules.VOLUME_TYPE,
            "gp4",
            "is none of gp3, gp2, io1, io2, standard; did you mean \"gp3\"?"),
        arguments(
            TextRules.TAG_KEY,
            "AWS:x",
            "starts with \"aws:\", which EC2 keeps to itself; choose another key."),
        arguments(
            TextRules.TAG_KEY,
            "wcs-ami:build-id",
            "starts with \"wcs-ami:\", by which wcs-ami finds its own resources; choose another"
                + " key."),
        arguments(TextRules.TAG_KEY, "", "is empty; write a text, such as \"Project\"."),
        arguments(TextRules.TAG_KEY, "k".repeat(129), "is 129 characters long; write at most 128."),
        arguments(
            TextRules.TAG_VALUE, "v".repeat(257), "is 257 characters long; write at most 256."),
        arguments(
            TextRules.TAG_VALUE,
            "a\nb",
            "has a line break or another control character; write it in one line without."),
        arguments(
            TextRules.SHA256,
            "abc",
            "is not a SHA-256; write the 64 hex digits that sha256sum prints, such as \""
                + TextRules.SHA256.example()
                + "\"."),
        arguments(
            TextRules.URL,
            "ftp://example.com/a",
            "is not a URL that the guest can download; write one of https, such as"
                + " \"https://example.com/cinc.deb\"."),
        arguments(
            TextRules.URL,
            "https:///cinc.deb",
            "names no host; write a URL, such as \"https://example.com/cinc.deb\"."),
        arguments(
            TextRules.URL,
            "https://example.com/{version}",
            "is not a URL (Illegal character in path); escape such characters with %."),
        arguments(
            TextRules.CHEF_VERSION,
            "18",
            "is not a version of Chef; write all three numbers, such as \"18.7.10\"."),
        arguments(
            TextRules.LOG_LEVEL,
            "warning",
            "is none of info, auto, trace, debug, warn, error, fatal; did you mean \"warn\"?"),
        arguments(
            TextRules.CHEF_ARGUMENT,
            "--log_level=debug",
            "can't be given here; set chef.logLevel."),
        arguments(
            TextRules.CHEF_ARGUMENT,
            "-j",
            "can't be given here; set provision.runList and provision.attributes."),
        arguments(
            TextRules.RUN_LIST_ITEM,
            "recipe[a",
            "is not a run-list item; write recipe[cookbook], recipe[cookbook::recipe] or"
                + " role[name], such as \"recipe[wcsprov]\"."),
        arguments(
            TextRules.GUEST_PATH, "/var/log/../x", "has a . or .. in it; write the path without."),
        arguments(
            TextRules.GUEST_PATH,
            "log;reboot",
            "is not an absolute path in the guest; write letters, digits and . _ + @ - between"
                + " slashes, such as \"/var/log/wcs-bootstrap.log\"."));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void saysWhatIsWrongAndWhatToWrite(TextRule rule, String value, String problem) {
    assertThat(rule.problemWith(value)).isEqualTo(problem);
  }
}

package io.wizzie.wcs.ami.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextFormTest {
  static Stream<Arguments> good() {
    return Stream.of(
            of(TextForm.REGION.rule(), "us-east-1", "us-gov-west-1", "local"),
            of(TextForm.VERSION.rule(), "1.1.0", "2.0.0-rc1", "nightly_3"),
            of(TextForm.IMAGE_ID.rule(), "ami-12345678", "ami-0123456789abcdef0"),
            of(TextForm.OWNER.rule(), "099720109477", "self", "amazon", "aws-marketplace"),
            of(TextForm.FILTER_NAME.rule(), "name", "root-device-type", "tag:My Tag"),
            of(
                TextForm.INSTANCE_TYPE.rule(),
                "t3.nano",
                "t3.xlarge",
                "m7i-flex.large",
                "u-12tb1.112xlarge",
                "c7i.metal-24xl",
                "mac2-m2pro.metal"),
            of(TextForm.CIDR.rule(), "0.0.0.0/0", "10.0.0.0/8", "203.0.113.7/32", "128.0.0.0/1"),
            of(
                TextForm.INSTANCE_PROFILE.rule(),
                "builder",
                "arn:aws:iam::123456789012:instance-profile/path/builder",
                "arn:aws-us-gov:iam::123456789012:instance-profile/b"),
            of(TextForm.TAG_KEY.rule(), "Name", "größe", "a:b", "my aws:thing"),
            of(TextForm.TAG_VALUE.rule(), "", "a b", "{timestamp"),
            of(TextForm.USER.rule(), "ubuntu", "_apt", "ec2-user"),
            of(
                TextForm.URL.rule(),
                "https://example.com/a_b-1.deb?x=%20",
                "http://127.0.0.1:8080/a"),
            of(TextForm.LOG_LEVEL.rule(), "auto", "trace", "fatal"),
            of(TextForm.CHEF_ARGUMENT.rule(), "--no-color", "-L", "--profile-ruby"),
            of(
                TextForm.RUN_LIST_ITEM.rule(),
                "recipe[a]",
                "recipe[a-b::c_d]",
                "recipe[a::b@1.2.3]",
                "recipe[a@1.2]",
                "role[web]",
                "a",
                "a::b"),
            of(TextForm.GUEST_PATH.rule(), "/var/log/a.log", "/opt/cinc/bin/chef-solo", "/.x"))
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
        arguments(
            TextForm.REGION.rule(), "EU_West", "is not a region; did you mean \"eu-west-1\"?"),
        arguments(
            TextForm.IMAGE_ID.rule(),
            "ami-123",
            "is not an AMI ID; write ami- and 8 or 17 hex digits, such as"
                + " \"ami-0123456789abcdef0\"."),
        arguments(
            TextForm.SUBNET_ID.rule(),
            "sg-12345678",
            "is not a subnet ID; write subnet- and 8 or 17 hex digits, such as"
                + " \"subnet-0123456789abcdef0\"."),
        arguments(
            TextForm.OWNER.rule(),
            "canonical",
            "is not an image owner; write a 12-digit account ID, \"self\", \"amazon\" or"
                + " \"aws-marketplace\", such as \"099720109477\"."),
        arguments(
            TextForm.INSTANCE_TYPE.rule(), "t3", "is not an instance type, such as \"t3.medium\"."),
        arguments(
            TextForm.INSTANCE_TYPE.rule(),
            "t3.huge",
            "is not an instance type, such as \"t3.medium\"."),
        arguments(
            TextForm.CIDR.rule(),
            "10.0.0.1",
            "is not an IPv4 range; write address and prefix length, such as \"203.0.113.0/24\"."),
        arguments(
            TextForm.CIDR.rule(),
            "10.0.256.0/24",
            "is not an IPv4 range: 256 is more than 255; correct the address."),
        arguments(
            TextForm.CIDR.rule(),
            "10.0.0.0/33",
            "is not an IPv4 range: /33 is more than /32; correct the prefix length."),
        arguments(
            TextForm.CIDR.rule(),
            "203.0.113.9/24",
            "has an address inside the range; write 203.0.113.0/24 for the range, or"
                + " 203.0.113.9/32 for the one address."),
        arguments(
            TextForm.VOLUME_TYPE.rule(),
            "gp4",
            "is none of gp3, gp2, io1, io2, standard; did you mean \"gp3\"?"),
        arguments(
            TextForm.TAG_KEY.rule(),
            "AWS:x",
            "starts with \"aws:\", which EC2 keeps to itself; choose another key."),
        arguments(
            TextForm.TAG_KEY.rule(),
            "wcs-ami:build-id",
            "starts with \"wcs-ami:\", by which wcs-ami finds its own resources; choose another"
                + " key."),
        arguments(TextForm.TAG_KEY.rule(), "", "is empty; write a text, such as \"Project\"."),
        arguments(
            TextForm.TAG_KEY.rule(), "k".repeat(129), "is 129 characters long; write at most 128."),
        arguments(
            TextForm.TAG_VALUE.rule(),
            "v".repeat(257),
            "is 257 characters long; write at most 256."),
        arguments(
            TextForm.TAG_VALUE.rule(),
            "a\nb",
            "has a line break or another control character; write it in one line without."),
        arguments(
            TextForm.SHA256.rule(),
            "abc",
            "is not a SHA-256; write the 64 hex digits that sha256sum prints, such as \""
                + TextForm.SHA256.rule().example()
                + "\"."),
        arguments(
            TextForm.URL.rule(),
            "ftp://example.com/a",
            "is not a URL that the guest can download; write one of https, such as"
                + " \"https://example.com/cinc.deb\"."),
        arguments(
            TextForm.URL.rule(),
            "https:///cinc.deb",
            "names no host; write a URL, such as \"https://example.com/cinc.deb\"."),
        arguments(
            TextForm.URL.rule(),
            "https://example.com/{version}",
            "is not a URL (Illegal character in path); escape such characters with %."),
        arguments(
            TextForm.CHEF_VERSION.rule(),
            "18",
            "is not a version of Chef; write all three numbers, such as \"18.7.10\"."),
        arguments(
            TextForm.LOG_LEVEL.rule(),
            "warning",
            "is none of info, auto, trace, debug, warn, error, fatal; did you mean \"warn\"?"),
        arguments(
            TextForm.CHEF_ARGUMENT.rule(),
            "--log_level=debug",
            "can't be given here; set chef.logLevel."),
        arguments(
            TextForm.CHEF_ARGUMENT.rule(),
            "-j",
            "can't be given here; set provision.runList and provision.attributes."),
        arguments(
            TextForm.RUN_LIST_ITEM.rule(),
            "recipe[a",
            "is not a run-list item; write recipe[cookbook], recipe[cookbook::recipe] or"
                + " role[name], such as \"recipe[wcsprov]\"."),
        arguments(
            TextForm.GUEST_PATH.rule(),
            "/var/log/../x",
            "has a . or .. in it; write the path without."),
        arguments(
            TextForm.GUEST_PATH.rule(),
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

package io.wizzie.wcs.ami.publish;

/** The ports on which the Wizzie Community Stack is used. */
enum WcsPort {
  WIZZVIS(3000, "WizzVis", "Url", "http://%s:3000", "WizzVis, the dashboards"),
  BROKER(8080, "Druid broker", "QueryUrl", "http://%s:8080", "Druid broker, for queries"),
  OVERLORD(8084, "Druid overlord", "IndexingUrl", "http://%s:8084", "Druid overlord, for indexing"),
  KAFKA(9092, "Kafka", "KafkaBootstrapServer", "%s:9092", "Kafka, where data goes in");

  private final int number;
  private final String title;
  private final String output;
  private final String address;
  private final String description;

  WcsPort(int number, String title, String output, String address, String description) {
    this.number = number;
    this.title = title;
    this.output = output;
    this.address = address;
    this.description = description;
  }

  int number() {
    return number;
  }

  String title() {
    return title;
  }

  /** Name of the stack's output that says where it is. */
  String output() {
    return output;
  }

  /** How it is reached at this host. */
  String at(String host) {
    return address.formatted(host);
  }

  String description() {
    return description;
  }
}

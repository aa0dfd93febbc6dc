package io.wizzie.wcs.ami.history;

/** What a build writes down, as text. */
public final class RecordedBuilds {
  private RecordedBuilds() {}

  public static String manifest(String buildId, String imageId) {
    return """
    {
      "manifestVersion": 1, "buildId": "%s", "imageId": "%s", "imageName": "wcs-1.1.0",
      "region": "us-east-1", "version": "1.1.0",
      "sourceImage": {"imageId": "ami-source", "name": "ubuntu-24.04", "architecture": "x86_64"},
      "rootVolume": {"deviceName": "/dev/sda1", "volumeSize": 30, "volumeType": "gp3"},
      "loginUser": "ubuntu",
      "chef": {"product": "Cinc Client", "version": "18.7.10"},
      "provision": {
        "environment": null, "runList": ["recipe[wcsprov]"],
        "attributes": {"wcs": {"stack": {"revision": "1.1.0"}}}
      },
      "bootstrap": {"runList": ["recipe[wcsbootstrap]"], "attributes": {}},
      "bundle": {"sha256": "cd"},
      "cookbooks": [
        {"phase": "provision", "name": "wcsprov", "version": "1.0.0", "sha256": "ab12"}
      ],
      "inventory": {"file": "inventory.cdx.json", "complete": true}
    }
    """
        .formatted(buildId, imageId);
  }

  public static String inventory(String buildId) {
    return """
    {
      "metadata": {"properties": [{"name": "wcs-ami:build-id", "value": "%s"}]},
      "components": [
        {"type": "operating-system", "name": "ubuntu", "version": "24.04"},
        {"type": "library", "name": "curl", "version": "7.88",
         "purl": "pkg:deb/ubuntu/curl@7?arch=amd64"},
        {"type": "library", "name": "nano", "version": "7.2",
         "purl": "pkg:deb/ubuntu/nano@7?arch=amd64"},
        {"type": "container", "name": "wizzie/kafka", "version": "1.0", "purl": "pkg:oci/kafka@x",
         "properties": [{"name": "wcs-ami:digest", "value": "sha256:aa"}]},
        {"type": "library", "name": "chef", "version": "18.7.10", "purl": "pkg:gem/chef@1"}
      ]
    }
    """
        .formatted(buildId);
  }
}

"""Drives an EC2 endpoint through boto3: clients, waiters, paginators, resources.

Called by boto3-tour with the endpoint's URL; fails at the first answer that is not EC2's.
"""

import datetime
import sys

import boto3
import botocore
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

ENDPOINT = sys.argv[1]
SETTINGS = {
    "endpoint_url": ENDPOINT,
    "config": Config(retries={"total_max_attempts": 1, "mode": "standard"}),
}
EC2 = boto3.client("ec2", **SETTINGS)
# The waiters ask every 15 s by default; the local region is quicker than that.
OFTEN = {"Delay": 1, "MaxAttempts": 120}


def ok(what):
    print(f"boto3-tour: ok: {what}", file=sys.stderr)


def expect(what, expected, actual):
    if actual != expected:
        sys.exit(f"boto3-tour: FAILED: {what}: expected {expected!r}, got {actual!r}")
    ok(what)


def refused(code, call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        expect(f"{call.__name__} refused with {code}", code, error.response["Error"]["Code"])
        return error.response
    sys.exit(f"boto3-tour: FAILED: {call.__name__}: expected {code}, but it was accepted")


def wait(waiter, **parameters):
    EC2.get_waiter(waiter).wait(WaiterConfig=OFTEN, **parameters)
    ok(f"waiter {waiter}")


def main():
    print(f"boto3-tour: boto3 {boto3.__version__}, botocore {botocore.__version__}", file=sys.stderr)
    images = EC2.describe_images(
        Owners=["amazon"], Filters=[{"Name": "name", "Values": ["wcs-ami-local/*"]}]
    )["Images"]
    image = max(images, key=lambda one: one["CreationDate"])
    key = EC2.create_key_pair(KeyName="tour")
    expect("an RSA key", True, key["KeyMaterial"].startswith("-----BEGIN RSA PRIVATE KEY-----"))
    group = EC2.create_security_group(GroupName="tour", Description="of the tour")["GroupId"]
    wait("security_group_exists", GroupIds=[group])
    error = refused(
        "DryRunOperation",
        EC2.run_instances,
        ImageId=image["ImageId"],
        MinCount=1,
        MaxCount=1,
        DryRun=True,
    )
    expect("a dry run is answered with HTTP 412", 412, error["ResponseMetadata"]["HTTPStatusCode"])

    # Two instances, through the resources that are made of the same model.
    region = boto3.resource("ec2", **SETTINGS)
    first, second = region.create_instances(
        ImageId=image["ImageId"],
        InstanceType="t3.small",
        KeyName="tour",
        SecurityGroupIds=[group],
        MinCount=2,
        MaxCount=2,
        TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "tour"}]}],
    )
    expect("pending at first", "pending", first.state["Name"])
    wait("instance_exists", InstanceIds=[first.id, second.id])
    wait("instance_running", InstanceIds=[first.id, second.id])
    first.reload()
    expect("its state", {"Code": 16, "Name": "running"}, first.state)
    expect("its tags", [{"Key": "Name", "Value": "tour"}], first.tags)
    expect("its group", [{"GroupName": "tour", "GroupId": group}], first.security_groups)
    expect("its root device", image["RootDeviceName"], first.block_device_mappings[0]["DeviceName"])
    age = datetime.datetime.now(datetime.timezone.utc) - first.launch_time
    expect("its launch time is a time of today", True, 0 <= age.total_seconds() < 600)
    expect(
        "found by a filter",
        {first.id, second.id},
        {
            one.id
            for one in region.instances.filter(
                Filters=[{"Name": "instance-state-name", "Values": ["running"]}]
            )
        },
    )

    # An image, and what waits for it.
    second.terminate()
    first.stop()
    wait("instance_stopped", InstanceIds=[first.id])
    made = first.create_image(Name="tour")
    wait("image_exists", ImageIds=[made.id])
    wait("image_available", ImageIds=[made.id])
    made.reload()
    snapshot = made.block_device_mappings[0]["Ebs"]["SnapshotId"]
    wait("snapshot_completed", SnapshotIds=[snapshot])
    try:
        EC2.get_waiter("instance_running").wait(
            InstanceIds=[second.id], WaiterConfig={"Delay": 1, "MaxAttempts": 30}
        )
        sys.exit("boto3-tour: FAILED: the waiter saw a terminated instance running")
    except WaiterError as error:
        expect("a waiter gives up on a terminated instance", True, "terminal failure" in str(error))
    wait("instance_terminated", InstanceIds=[second.id])

    # A copy in another region, and volumes.
    away = boto3.client("ec2", region_name="eu-west-1", **SETTINGS)
    copy = away.copy_image(SourceRegion="us-east-1", SourceImageId=made.id, Name="tour")["ImageId"]
    away.get_waiter("image_available").wait(ImageIds=[copy], WaiterConfig=OFTEN)
    expect("the copy's name", "tour", away.describe_images(ImageIds=[copy])["Images"][0]["Name"])
    zone = EC2.describe_subnets()["Subnets"][0]["AvailabilityZone"]
    volume = EC2.create_volume(AvailabilityZone=zone, Size=8, VolumeType="gp3")["VolumeId"]
    wait("volume_available", VolumeIds=[volume])
    EC2.delete_volume(VolumeId=volume)
    wait("volume_deleted", VolumeIds=[volume])

    # Pages.
    EC2.create_tags(
        Resources=[made.id], Tags=[{"Key": f"key{i}", "Value": "x"} for i in range(12)]
    )
    pages = list(
        EC2.get_paginator("describe_tags").paginate(
            Filters=[{"Name": "resource-id", "Values": [made.id]}],
            PaginationConfig={"PageSize": 5},
        )
    )
    expect("three pages of tags", [5, 5, 2], [len(page["Tags"]) for page in pages])

    # The end.
    refused("InvalidSnapshot.InUse", EC2.delete_snapshot, SnapshotId=snapshot)
    refused("DependencyViolation", EC2.delete_security_group, GroupId=group)
    refused("InvalidAMIID.NotFound", EC2.describe_images, ImageIds=["ami-0123456789abcdef0"])
    refused("UnauthorizedOperation", EC2.start_instances, InstanceIds=[first.id])
    made.deregister()
    EC2.delete_snapshot(SnapshotId=snapshot)
    first.terminate()
    wait("instance_terminated", InstanceIds=[first.id])
    EC2.delete_security_group(GroupId=group)
    EC2.delete_key_pair(KeyName="tour")
    print("boto3-tour: the tour ended well", file=sys.stderr)


main()

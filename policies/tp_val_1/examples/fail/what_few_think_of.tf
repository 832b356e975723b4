# hashicorp/terraform-provider-aws#12995: a zone fixes the region, and one that an account may not have.
resource "aws_subnet" "a" {
  vpc_id            = "vpc"
  availability_zone = "us-east-1a" # expect: fail
}

resource "aws_subnet" "by_id" {
  vpc_id               = "vpc"
  availability_zone_id = "use1-az1" # expect: fail
}

# AWS Local Zones User Guide, "Available Local Zones".
resource "aws_subnet" "local" {
  vpc_id            = "vpc"
  availability_zone = "us-west-2-lax-1a" # expect: fail
}

resource "aws_autoscaling_group" "workers" {
  min_size           = 1
  max_size           = 2
  availability_zones = ["eu-central-1b", data.aws_availability_zones.here.names[0]] # expect: fail
}

data "aws_availability_zones" "here" {}

locals {
  owner = 123456789012 # expect: fail
  zones = {
    first = "ap-southeast-2c" # expect: fail
  }
}

resource "aws_s3_bucket" "by_owner" {
  bucket = format("tapes-%s", 210987654321) # expect: fail
}

resource "aws_ecs_service" "feed" {
  name                 = "feed"
  force_new_deployment = true
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:ecs.availability-zone in [us-east-1a, us-east-1b]" # expect: fail
  }
}

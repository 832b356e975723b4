data "aws_kms_alias" "own" {
  name = "alias/aws/s3"
}

resource "aws_cloudwatch_log_group" "none" { # expect: fail
  name = "none"
}

resource "aws_cloudwatch_log_group" "null" {
  name       = "null"
  kms_key_id = null # expect: fail
}

resource "aws_cloudwatch_log_group" "managed" {
  name       = "managed"
  kms_key_id = data.aws_kms_alias.own.target_key_arn # expect: fail
}

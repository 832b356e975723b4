data "aws_kms_key" "shared" {
  key_id = "alias/shared"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = 60
  kms_key_id        = data.aws_kms_key.shared.arn
}

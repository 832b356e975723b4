removed {
  from = module.store.aws_s3_bucket.this
  lifecycle {
    destroy = false
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = 60
}

resource "aws_synthetics_canary" "c" {
  name                 = "c"
  artifact_s3_location = "s3://b/"
  execution_role_arn   = "r"
  handler              = "h"
  runtime_version      = "syn-nodejs-puppeteer-3.0"
  delete_lambda        = true
  schedule {
    expression = "rate(0 minute)"
  }
}

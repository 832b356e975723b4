resource "aws_kinesis_firehose_delivery_stream" "s" {
  name        = "s"
  destination = "http_endpoint"
  http_endpoint_configuration {
    url                = "https://aws-api.newrelic.com/firehose/v1"
    name               = "New Relic"
    access_key         = "b7a1f3c89d2e4f60a5c1e8d7f9b2c4a6e8f0NRAL"
    buffering_size     = 15
    buffering_interval = 600
    role_arn           = "arn:aws:iam::123456789012:role/firehose"
    s3_configuration {
      role_arn   = "arn:aws:iam::123456789012:role/firehose"
      bucket_arn = "arn:aws:s3:::b"
    }
  }
}

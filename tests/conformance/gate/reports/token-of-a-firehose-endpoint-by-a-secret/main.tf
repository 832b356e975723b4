resource "aws_secretsmanager_secret" "nr" { name = "newrelic" }
resource "aws_kinesis_firehose_delivery_stream" "s" {
  name        = "s"
  destination = "http_endpoint"
  http_endpoint_configuration {
    url      = "https://aws-api.newrelic.com/firehose/v1"
    name     = "New Relic"
    role_arn = "arn:aws:iam::123456789012:role/firehose"
    secrets_manager_configuration {
      enabled    = true
      secret_arn = aws_secretsmanager_secret.nr.arn
      role_arn   = "arn:aws:iam::123456789012:role/firehose"
    }
    s3_configuration {
      role_arn   = "arn:aws:iam::123456789012:role/firehose"
      bucket_arn = "arn:aws:s3:::b"
    }
  }
}

resource "aws_s3_bucket" "f" {
  bucket        = "failures"
  force_destroy = true
}
resource "aws_lambda_event_source_mapping" "m" {
  function_name     = "f"
  event_source_arn  = "arn:aws:kinesis:us-east-1:111122223333:stream/s"
  starting_position = "LATEST"
  destination_config {
    on_failure { destination_arn = aws_s3_bucket.f.arn }
  }
}

resource "aws_dynamodb_table" "market" {
  name                        = "market"
  hash_key                    = "pk"
  deletion_protection_enabled = false
}

resource "aws_s3_bucket" "tiles" {
  bucket        = "tiles"
  force_destroy = true
}

resource "aws_cloudwatch_log_group" "trade" {
  name = "trade"
}

removed {
  from = aws_sqs_queue.old
  lifecycle {
    destroy = true
  }
}

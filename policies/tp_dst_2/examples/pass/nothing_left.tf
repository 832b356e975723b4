resource "aws_dynamodb_table" "market" {
  name                        = "market"
  hash_key                    = "pk"
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = false

  attribute {
    name = "pk"
    type = "S"
  }
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

variable "bucket" {
  type = string
}

variable "prefix" {
  type = string
}

resource "aws_s3_bucket_notification" "this" {
  bucket = var.bucket
  queue {
    queue_arn     = "arn:aws:sqs:us-east-1:111122223333:q"
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = var.prefix
  }
}

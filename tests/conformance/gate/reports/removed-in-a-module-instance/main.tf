removed {
  from = module.store.aws_s3_bucket.b
  lifecycle {
    destroy = false
  }
}
resource "aws_sqs_queue" "q" { name = "q" }

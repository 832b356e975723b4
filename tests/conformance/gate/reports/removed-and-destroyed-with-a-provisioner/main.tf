removed {
  from = aws_s3_bucket.b
  lifecycle {
    destroy = true
  }
  provisioner "local-exec" {
    when    = destroy
    command = "echo gone"
  }
}
resource "aws_sqs_queue" "q" { name = "q" }

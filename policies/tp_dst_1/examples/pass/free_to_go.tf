resource "aws_sqs_queue" "trade" {
  name = "trade"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sqs_queue" "quote" {
  name = "quote"
  lifecycle {
    prevent_destroy = false
  }
}

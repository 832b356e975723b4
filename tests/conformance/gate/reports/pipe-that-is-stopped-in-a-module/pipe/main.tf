variable "state" {
  type    = string
  default = "RUNNING"
}
resource "aws_sqs_queue" "from" {
  name           = "from"
  redrive_policy = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:us-east-1:123456789012:d", maxReceiveCount = 3 })
}
resource "aws_pipes_pipe" "p" {
  name          = "p"
  role_arn      = "arn:aws:iam::123456789012:role/r"
  desired_state = var.state
  source        = aws_sqs_queue.from.arn
  target        = "arn:aws:states:us-east-1:123456789012:stateMachine:m"
}

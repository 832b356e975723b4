variable "event_sqs" {
  default = "arn:aws:sqs:us-east-1:111122223333:events"
}
resource "aws_iam_policy" "p" {
  name = "p"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "SQSAccess"
      Effect   = "Allow"
      Action   = ["sqs:sendMessage*"]
      Resource = [var.event_sqs]
    }]
  })
}

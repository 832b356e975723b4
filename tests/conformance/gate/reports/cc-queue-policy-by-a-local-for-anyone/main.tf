locals {
  statement = { Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*" }
}
resource "aws_cloudcontrolapi_resource" "p" {
  type_name = "AWS::SQS::QueuePolicy"
  desired_state = jsonencode({
    Queues         = ["https://sqs.us-east-1.amazonaws.com/123456789012/q"]
    PolicyDocument = { Version = "2012-10-17", Statement = [local.statement] }
  })
}

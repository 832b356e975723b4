resource "aws_cloudcontrolapi_resource" "r" {
  type_name     = "AWS::Events::Rule"
  desired_state = jsonencode({ Name = "r", State = "DISABLED", EventPattern = { source = ["feeds"] }, Targets = [{ Id = "q", Arn = "arn:aws:sqs:us-east-1:123456789012:q" }] })
}

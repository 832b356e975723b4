resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      S:
        Type: AWS::Scheduler::Schedule
        Properties:
          State: DISABLED
          ScheduleExpression: rate(5 minutes)
          FlexibleTimeWindow: {Mode: "OFF"}
          Target: {Arn: "arn:aws:sqs:us-east-1:123456789012:q", RoleArn: "arn:aws:iam::123456789012:role/r"}
  EOT
}

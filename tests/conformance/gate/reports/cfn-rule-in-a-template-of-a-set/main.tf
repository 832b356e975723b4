resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      R:
        Type: AWS::Events::Rule
        Properties: {ScheduleExpression: rate(1 minutes), Targets: [{Id: a, Arn: "arn:aws:sqs:us-east-1:123456789012:q"}]}
  EOT
}

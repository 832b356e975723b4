resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      P:
        Type: AWS::Pipes::Pipe
        Properties: {DesiredState: STOPPED, RoleArn: "arn:aws:iam::123456789012:role/r", Source: "arn:aws:sqs:us-east-1:123456789012:a", Target: "arn:aws:sqs:us-east-1:123456789012:b"}
  EOT
}

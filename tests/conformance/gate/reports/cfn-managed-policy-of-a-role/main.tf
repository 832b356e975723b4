resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      P:
        Type: AWS::IAM::ManagedPolicy
        Properties:
          Roles: [feeds]
          PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:*", Resource: "arn:aws:sqs:us-east-1:123456789012:q"}]}
  EOT
}

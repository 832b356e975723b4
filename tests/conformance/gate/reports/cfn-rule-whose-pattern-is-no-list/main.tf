resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      R:
        Type: AWS::Events::Rule
        Properties:
          EventPattern: {source: feeds}
          Targets: [{Id: q, Arn: "arn:aws:sqs:us-east-1:123456789012:q"}]
  EOT
}

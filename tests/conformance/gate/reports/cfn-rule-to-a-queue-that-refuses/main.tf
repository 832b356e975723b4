resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      R:
        Type: AWS::Events::Rule
        Properties:
          EventPattern: {source: [feeds]}
          Targets: [{Id: q, Arn: !GetAtt Q.Arn}]
      Q: {Type: AWS::SQS::Queue}
  EOT
}

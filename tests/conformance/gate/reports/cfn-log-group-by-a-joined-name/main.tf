resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      Feed:
        Type: AWS::Lambda::Function
        Properties:
          FunctionName: feed
          Runtime: python3.11
          Role: arn:aws:iam::111122223333:role/feed
      Log:
        Type: AWS::Logs::LogGroup
        Properties: {LogGroupName: !Join ["/", ["/aws/lambda", !Ref Feed]], RetentionInDays: 90}
  EOT
}

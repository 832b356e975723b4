resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      Feed:
        Type: AWS::Lambda::Function
        Properties:
          Runtime: python3.11
          Role: arn:aws:iam::111122223333:role/feed
      Log:
        Type: AWS::Logs::LogGroup
        Properties: {LogGroupName: !Sub "/aws/lambda/$${Feed}", RetentionInDays: 90}
  EOT
}

resource "aws_cloudformation_stack" "s" {
  name          = "feeds"
  template_body = <<-YAML
    Resources:
      It:
        Type: AWS::Logs::LogGroup
        Properties:
          LogGroupName: /feeds
          RetentionInDays: 90
          LogGroupClass: DELIVERY
  YAML
}

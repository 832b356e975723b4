resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { L = { Type = "AWS::Logs::LogGroup", Properties = { LogGroupName = "l", RetentionInDays = 90 } } } })
}

resource "aws_cloudformation_stack_set" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { Logs = { Type = "AWS::Logs::LogGroup", Properties = { RetentionInDays = 7 } } } })
}

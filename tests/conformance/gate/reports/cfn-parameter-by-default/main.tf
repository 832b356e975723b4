resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({
    Parameters = { Days = { Type = "Number", Default = 90 } }
    Resources  = { L = { Type = "AWS::Logs::LogGroup", Properties = { LogGroupName = "l", RetentionInDays = { Ref = "Days" } } } }
  })
}

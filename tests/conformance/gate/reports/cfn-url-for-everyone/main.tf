resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { U = { Type = "AWS::Lambda::Url", Properties = { AuthType = "NONE", TargetFunctionArn = "feed" } } } })
}

resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { F = { Type = "AWS::Lambda::Function", Properties = { FunctionName = "f", Runtime = "python3.7" } } } })
}

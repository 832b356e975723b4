resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { T = { Type = "AWS::SNS::Topic", DeletionPolicy = "RetainExceptOnCreate" } } })
}

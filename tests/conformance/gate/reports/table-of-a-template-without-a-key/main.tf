resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { T = { Type = "AWS::DynamoDB::Table", Properties = { TableName = "t", SSESpecification = { SSEEnabled = false } } } } })
}

resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { R = { Type = "AWS::DynamoDB::Table", Properties = { TableName = "t", ResourcePolicy = { PolicyDocument = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "dynamodb:GetItem", Resource = "*" }] } } } } } })
}

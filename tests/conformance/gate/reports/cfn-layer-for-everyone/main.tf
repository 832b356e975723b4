resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { L = { Type = "AWS::Lambda::LayerVersionPermission", Properties = { Action = "lambda:GetLayerVersion", LayerVersionArn = "arn:aws:lambda:eu-west-1:111122223333:layer:l:1", Principal = "*" } } } })
}

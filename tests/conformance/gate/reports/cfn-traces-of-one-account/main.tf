resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { R = { Type = "AWS::XRay::ResourcePolicy", Properties = { PolicyName = "p", PolicyDocument = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "xray:PutTraceSegments", Resource = "*", Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } } }] }) } } } })
}

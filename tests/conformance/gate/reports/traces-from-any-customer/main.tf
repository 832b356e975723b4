resource "aws_xray_resource_policy" "it" {
  policy_name = "p"
  policy_document = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = ["xray:PutTraceSegments"], Resource = "*" }]
  })
}

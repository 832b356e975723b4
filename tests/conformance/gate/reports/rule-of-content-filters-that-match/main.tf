resource "aws_cloudwatch_event_rule" "r" {
  name = "r"
  event_pattern = jsonencode({
    source      = [{ prefix = { equals-ignore-case = "shop." } }, { suffix = ".orders" }]
    detail-type = [{ anything-but = { prefix = "Debug" } }]
    detail = {
      total = [{ numeric = [">=", 10, "<", 1000] }]
      ip    = [{ cidr = "10.0.0.0/24" }]
      code  = [{ exists = true }]
      name  = [{ wildcard = "a*b*c" }]
      "$or" = [{ a = ["x"] }, { b = [{ exists = false }] }]
    }
  })
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:sqs:us-east-1:123456789012:q"
}

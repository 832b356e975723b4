resource "aws_iam_policy" "this" {
  name = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Deny"
      NotAction = ["ds:DescribeRoles"]
      Resource = "*"
    }]
  })
}

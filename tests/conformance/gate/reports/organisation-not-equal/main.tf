resource "aws_sqs_queue" "work" {
  name = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Allow"
      Principal = { AWS = ["*"] }
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Condition = { StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }
  })
}

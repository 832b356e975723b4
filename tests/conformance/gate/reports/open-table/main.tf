resource "aws_dynamodb_resource_policy" "open" {
  resource_arn = "arn:aws:dynamodb:us-east-1:111122223333:table/trades"
  policy       = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "dynamodb:GetItem", Resource = "*" }] })
}

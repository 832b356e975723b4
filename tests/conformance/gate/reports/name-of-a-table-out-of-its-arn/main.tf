resource "aws_dynamodb_table" "t" {
  name     = "trades"
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
}
data "aws_caller_identity" "me" {}
resource "aws_iam_policy" "p" {
  name = "p"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "dynamodb:PutItem", Resource = "arn:aws:dynamodb:us-east-1:${data.aws_caller_identity.me.account_id}:table/${split("/", aws_dynamodb_table.t.arn)[1]}" }]
  })
}

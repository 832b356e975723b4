locals {
  functions = toset(["trade", "quote"])
}

resource "aws_iam_role" "this" {
  for_each           = local.functions
  name               = "role-${each.key}"
  assume_role_policy = "{}"
}

resource "aws_lambda_function" "this" {
  for_each      = local.functions
  function_name = each.key
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = aws_iam_role.this[each.key].arn
}

resource "aws_iam_policy" "trade" {
  policy = "{}"
}

resource "aws_iam_role_policy_attachment" "trade" {
  role       = aws_iam_role.this["trade"].name
  policy_arn = aws_iam_policy.trade.arn
}

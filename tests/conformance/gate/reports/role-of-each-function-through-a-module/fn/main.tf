variable "name" {}
variable "role" {
  type    = string
  default = null
}
resource "aws_iam_role" "own" {
  count              = var.role == null ? 1 : 0
  name               = var.name
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_lambda_function" "f" {
  function_name = var.name
  role          = var.role != null ? var.role : aws_iam_role.own[0].arn
}

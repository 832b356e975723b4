locals {
  runtimes = ["python3.11", "python3.8"] # expect: fail
}

resource "aws_lambda_function" "all" {
  count         = length(local.runtimes)
  function_name = "f${count.index}"
  filename      = "function.zip"
  handler       = "index.handler"
  role          = "arn:aws:iam::123456789012:role/function"
  runtime       = local.runtimes[count.index]
}

resource "aws_lambda_function" "node" {
  function_name = "node"
  filename      = "function.zip"
  handler       = "index.handler"
  role          = "arn:aws:iam::123456789012:role/function"
  runtime       = "nodejs20.x" # expect: fail
}

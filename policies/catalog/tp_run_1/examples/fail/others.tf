locals {
  runtimes = ["python3.11", "python3.8"] # expect: fail
}

resource "aws_lambda_function" "all" {
  count         = length(local.runtimes)
  function_name = "f${count.index}"
  role          = "x"
  runtime       = local.runtimes[count.index]
}

resource "aws_lambda_function" "node" {
  function_name = "node"
  role          = "x"
  runtime       = "nodejs20.x" # expect: fail
}

resource "aws_lambda_function" "none" { # expect: fail
  function_name = "none"
  role          = "x"
}

resource "aws_lambda_function" "unset" { # expect: fail
  function_name = "unset"
  role          = "x"
  memory_size   = 512
}

resource "aws_lambda_function" "slow" {
  function_name = "slow"
  role          = "x"
  timeout       = 15 * 60 # expect: fail
  memory_size   = 128     # expect: fail
}

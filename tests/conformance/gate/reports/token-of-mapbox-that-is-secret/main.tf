resource "aws_lambda_function" "f" {
  function_name = "function-feed-dev"
  role          = "arn:aws:iam::111122223333:role/r"
  environment {
    variables = {
      MAP_ACCESS = "sk.eyJ1IjoiYWNtZSIsImEiOiJjbGFiY2RlZjAwMDAwM3BxOXssp6cSIn0.lzJHiX2Li7a7sZtLnqSRvi"
    }
  }
}

variable "runtime" {
  type    = string
  default = "python3.8"
}

resource "aws_lambda_function" "this" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  filename      = "a.zip"
  runtime       = var.runtime
}

variable "name" {
  type = string
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

output "name" {
  value = aws_lambda_function.this.function_name
}

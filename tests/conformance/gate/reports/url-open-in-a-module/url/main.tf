variable "open" {
  type = bool
}

resource "aws_lambda_function_url" "this" {
  function_name      = "feed"
  authorization_type = var.open ? "NONE" : "AWS_IAM"
}

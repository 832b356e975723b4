variable "function" { type = string }
action "aws_lambda_invoke" "warm" {
  config {
    function_name = var.function
    payload       = "{}"
  }
}

variable "function" { type = string }
variable "wait" { type = bool }
action "aws_lambda_invoke" "warm" {
  config {
    function_name   = var.function
    invocation_type = var.wait ? "RequestResponse" : "Event"
    payload         = "{}"
  }
}

variable "paused" { default = { quote = true } }
resource "aws_lambda_function" "f" {
  for_each                       = toset(["trade", "quote"])
  function_name                  = each.key
  role                           = "arn:aws:iam::111122223333:role/${each.key}"
  memory_size                    = 512
  timeout                        = 30
  reserved_concurrent_executions = lookup(var.paused, each.key, false) ? 0 : -1
}

locals {
  functions = yamldecode(<<-EOT
    trade: {timeout: 30, memory: 512}
    batch: {memory: 512}
  EOT
  )
}
resource "aws_lambda_function" "f" {
  for_each      = local.functions
  function_name = each.key
  role          = "arn:aws:iam::111122223333:role/${each.key}"
  memory_size   = each.value.memory
  timeout       = lookup(each.value, "timeout", 900)
}

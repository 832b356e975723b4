import {
  for_each = { a = "/x/a", b = "/x/b" }
  to       = aws_cloudwatch_log_group.g[each.key]
  id       = each.value
}
resource "aws_cloudwatch_log_group" "g" {
  for_each = { a = 90, b = 2 }
  name     = "/x/${each.key}"
  retention_in_days = each.value
}

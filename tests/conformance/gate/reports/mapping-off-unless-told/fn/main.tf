variable "event_source_mapping" { type = any }
resource "aws_lambda_event_source_mapping" "this" {
  for_each         = var.event_source_mapping
  function_name    = "f"
  event_source_arn = each.value.event_source_arn
  enabled          = lookup(each.value, "enabled", false)
}

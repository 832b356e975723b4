variable "event_source_mapping" {
  type    = any
  default = {}
}
resource "aws_lambda_event_source_mapping" "this" {
  for_each          = { for k, v in var.event_source_mapping : k => v }
  function_name     = "f"
  event_source_arn  = each.value.event_source_arn
  starting_position = try(each.value.starting_position, null)
  # dynamic "destination_config" {
  #   for_each = try(each.value.destination_config, null) != null ? [true] : []
  # }
}

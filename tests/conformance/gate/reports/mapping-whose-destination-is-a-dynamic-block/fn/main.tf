variable "event_source_mapping" {
  type    = any
  default = {}
}
variable "create" { default = true }
resource "aws_lambda_event_source_mapping" "this" {
  for_each          = { for k, v in var.event_source_mapping : k => v if var.create }
  function_name     = "f"
  event_source_arn  = try(each.value.event_source_arn, null)
  starting_position = try(each.value.starting_position, null)
  dynamic "destination_config" {
    for_each = try(each.value.destination_arn_on_failure, null) != null ? [true] : []
    content {
      on_failure {
        destination_arn = each.value["destination_arn_on_failure"]
      }
    }
  }
}

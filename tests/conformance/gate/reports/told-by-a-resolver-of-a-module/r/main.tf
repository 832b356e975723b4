variable "source_name" {
  type = string
}
resource "aws_appsync_function" "f" {
  api_id                   = "a"
  name                     = "f"
  data_source              = var.source_name
  request_mapping_template = jsonencode({ operation = "Invoke", invocationType = "Event" })
}

variable "stream" {}
resource "aws_dynamodb_table" "t" {
  name             = "t"
  hash_key         = "k"
  stream_enabled   = var.stream
  stream_view_type = var.stream ? "NEW_IMAGE" : null
  attribute {
    name = "k"
    type = "S"
  }
}
resource "aws_lambda_event_source_mapping" "m" {
  function_name     = "f"
  event_source_arn  = aws_dynamodb_table.t.stream_arn
  starting_position = "LATEST"
}

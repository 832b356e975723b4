module "fn" {
  source = "./fn"
  event_source_mapping = {
    items = {
      event_source_arn  = aws_dynamodb_table.t.stream_arn
      starting_position = "LATEST"
      destination_config = {
        on_failure = { destination_arn = aws_sqs_queue.dlq.arn }
      }
    }
  }
}
resource "aws_sqs_queue" "dlq" { name = "dlq" }
resource "aws_dynamodb_table" "t" {
  name             = "t"
  hash_key         = "k"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "k"
    type = "S"
  }
}

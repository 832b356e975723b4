resource "aws_dynamodb_table" "t" {
  name           = "t"
  hash_key       = "k"
  stream_enabled = false
  attribute {
    name = "k"
    type = "S"
  }
}
resource "aws_lambda_event_source_mapping" "m" {
  function_name     = "arn:aws:lambda:us-east-1:111122223333:function:f"
  event_source_arn  = aws_dynamodb_table.t.stream_arn
  starting_position = "LATEST"
}

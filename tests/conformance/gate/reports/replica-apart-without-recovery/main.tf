resource "aws_dynamodb_table" "trades" {
  name     = "trades"
  hash_key = "id"
  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_dynamodb_table_replica" "east" {
  global_table_arn       = aws_dynamodb_table.trades.arn
  point_in_time_recovery = false
}

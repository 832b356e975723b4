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
resource "aws_pipes_pipe" "p" {
  name     = "p"
  role_arn = "arn:aws:iam::111122223333:role/pipes"
  source   = aws_dynamodb_table.t.stream_arn
  target   = "arn:aws:sqs:us-east-1:111122223333:q"
}

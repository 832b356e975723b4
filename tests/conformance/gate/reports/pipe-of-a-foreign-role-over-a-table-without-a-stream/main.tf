variable "role" { default = "arn:aws:iam::111122223333:role/pipes" }
resource "aws_dynamodb_table" "t" {
  name     = "t"
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
}
resource "aws_pipes_pipe" "p" {
  name     = "p"
  role_arn = var.role
  source   = aws_dynamodb_table.t.stream_arn
  target   = "arn:aws:sqs:us-east-1:111122223333:q"
}

provider "aws" { region = "us-east-1" }
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "KEYS_ONLY"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_sqs_queue" "lost" { name = "lost" }
resource "aws_cloudwatch_event_bus" "orders" { name = "orders" }
resource "aws_iam_role" "pipe" {
  name = "pipe"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "pipes.amazonaws.com" } }
  })
}
resource "aws_iam_role_policy" "pipe" {
  for_each = {
    source = { actions = ["dynamodb:GetRecords", "dynamodb:GetShardIterator"], arn = aws_dynamodb_table.orders.stream_arn }
    target = { actions = ["events:PutEvents"], arn = aws_cloudwatch_event_bus.orders.arn }
    lost   = { actions = ["sqs:SendMessage"], arn = aws_sqs_queue.lost.arn }
  }
  name = each.key
  role = aws_iam_role.pipe.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = each.value.actions, Resource = each.value.arn }]
  })
}
resource "aws_pipes_pipe" "orders" {
  name     = "orders"
  role_arn = aws_iam_role.pipe.arn
  source   = aws_dynamodb_table.orders.stream_arn
  target   = aws_cloudwatch_event_bus.orders.arn
  source_parameters {
    dynamodb_stream_parameters {
      starting_position = "LATEST"
      dead_letter_config { arn = aws_sqs_queue.lost.arn }
    }
  }
}

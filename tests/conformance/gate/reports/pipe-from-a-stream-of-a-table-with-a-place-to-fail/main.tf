provider "aws" { region = "us-east-1" }
data "aws_caller_identity" "me" {}
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery { enabled = true }
}
resource "aws_sqs_queue" "lost" { name = "lost" }
resource "aws_cloudwatch_event_bus" "orders" { name = "orders" }
resource "aws_iam_role" "pipe" {
  name = "pipe"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "pipes.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id } }
    }
  })
}
resource "aws_iam_role_policy" "pipe" {
  for_each = {
    source = { actions = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], arn = aws_dynamodb_table.orders.stream_arn }
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
      starting_position      = "LATEST"
      batch_size             = 10
      maximum_retry_attempts = 5
      dead_letter_config { arn = aws_sqs_queue.lost.arn }
    }
    filter_criteria {
      filter { pattern = jsonencode({ eventName = ["INSERT", "MODIFY"] }) }
    }
  }
  target_parameters {
    eventbridge_event_bus_parameters {
      source      = "orders"
      detail_type = "OrderChanged"
    }
  }
  depends_on = [aws_iam_role_policy.pipe]
}

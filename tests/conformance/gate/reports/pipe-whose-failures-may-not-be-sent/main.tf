data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["pipes.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "mover" {
  name               = "mover"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "mover" {
  name = "mover"
  role = aws_iam_role.mover.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"], Resource = aws_dynamodb_table.orders.stream_arn }, { Effect = "Allow", Action = "events:PutEvents", Resource = aws_cloudwatch_event_bus.shop.arn }]
  })
}

resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
}

resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_sqs_queue" "lost" {
  name                      = "lost"
  message_retention_seconds = 1209600
}

resource "aws_pipes_pipe" "move" {
  name     = "move"
  role_arn = aws_iam_role.mover.arn
  source   = aws_dynamodb_table.orders.stream_arn
  target   = aws_cloudwatch_event_bus.shop.arn
  source_parameters {
    dynamodb_stream_parameters {
      starting_position = "LATEST"
      dead_letter_config {
        arn = aws_sqs_queue.lost.arn
      }
    }
  }
}

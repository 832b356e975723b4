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
    Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = aws_sqs_queue.source.arn }, { Effect = "Allow", Action = "firehose:PutRecord", Resource = "arn:aws:firehose:us-east-1:111122223333:deliverystream/ticks" }]
  })
}

resource "aws_sqs_queue" "source" {
  name = "source"
}

resource "aws_pipes_pipe" "move" {
  name     = "move"
  role_arn = aws_iam_role.mover.arn
  source   = aws_sqs_queue.source.arn
  target   = "arn:aws:firehose:us-east-1:111122223333:deliverystream/ticks"
  source_parameters {
    sqs_queue_parameters {
      batch_size = 2
    }
  }
}

data "aws_iam_policy_document" "queue" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:us-east-1:111122223333:feeds"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_sqs_queue_policy" "feeds" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/feeds"
  policy    = data.aws_iam_policy_document.queue.json
}

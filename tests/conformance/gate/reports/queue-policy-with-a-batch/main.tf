resource "aws_sqs_queue" "work" {
  name = "work"
}

data "aws_iam_policy_document" "work" {
  statement {
    actions   = ["SQS:ChangeMessageVisibilityBatch"]
    resources = [aws_sqs_queue.work.arn]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/worker"]
    }
  }
}

resource "aws_sqs_queue_policy" "work" {
  queue_url = aws_sqs_queue.work.id
  policy    = data.aws_iam_policy_document.work.json
}

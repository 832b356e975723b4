data "aws_iam_policy_document" "q" {
  statement {
    actions = ["SQS:*"]
    resources = [aws_sqs_queue.q.arn]
    principals {
      type = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/r"]
    }
  }
}
resource "aws_sqs_queue" "q" { name = "queue-q" }
resource "aws_sqs_queue_policy" "q" {
  queue_url = aws_sqs_queue.q.id
  policy = data.aws_iam_policy_document.q.json
}

data "aws_iam_policy_document" "queue" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:us-east-1:123456789012:failed"]
    principals {
      type        = "AWS"
      identifiers = ["*"] # expect: fail
    }
  }
}

output "policy" {
  value = data.aws_iam_policy_document.queue.json
}

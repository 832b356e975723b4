# A part without a value does not hide one that is too wide whatever that part is.
variable "action" {
  type = string
}

variable "queue" {
  type = string
}

data "aws_iam_policy_document" "wide" {
  statement {
    actions   = [var.action, "sqs:SendMessage"]
    resources = ["*"] # expect: fail
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:us-east-1:111122223333:${var.queue}-*"] # expect: fail
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["${var.queue}*"] # expect: fail
  }
  statement {
    actions   = ["dynamodb:PutItem"]
    resources = ["arn:aws:dynamodb:*:*:table/${var.queue}"] # expect: fail
  }
  statement {
    actions   = ["s3:ListBucket"]
    resources = ["arn:aws:s3:::*-${var.queue}"] # expect: fail
  }
}

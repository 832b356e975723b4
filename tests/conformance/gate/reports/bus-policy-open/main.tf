resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

data "aws_iam_policy_document" "bus" {
  statement {
    actions   = ["events:PutEvents"]
    resources = [aws_cloudwatch_event_bus.shop.arn]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringLike"
      variable = "events:source"
      values   = ["shop.*"]
    }
  }
}

resource "aws_cloudwatch_event_bus_policy" "bus" {
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  policy         = data.aws_iam_policy_document.bus.json
}

# A topic admits EventBridge beside the statement that AWS gives its owner.
# Source: terraform-aws-modules/terraform-aws-eventbridge, issue 88; AWS re:Post, SNS does not get EventBridge notifications.

resource "aws_sns_topic" "bell" {
  name = "bell"
}

data "aws_iam_policy_document" "bell" {
  statement {
    sid       = "owner"
    actions   = ["SNS:Publish", "SNS:Subscribe", "SNS:GetTopicAttributes"]
    resources = [aws_sns_topic.bell.arn]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "AWS:SourceOwner"
      values   = [data.aws_caller_identity.me.account_id]
    }
  }
  statement {
    sid       = "events"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.bell.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

resource "aws_sns_topic_policy" "bell" {
  arn    = aws_sns_topic.bell.arn
  policy = data.aws_iam_policy_document.bell.json
}

resource "aws_cloudwatch_event_rule" "failed" {
  name          = "failed"
  event_pattern = jsonencode({ source = ["aws.codebuild"], detail = { "build-status" = ["FAILED"] } })
}

resource "aws_cloudwatch_event_target" "bell" {
  rule = aws_cloudwatch_event_rule.failed.name
  arn  = aws_sns_topic.bell.arn
}

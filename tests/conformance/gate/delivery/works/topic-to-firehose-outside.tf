# Topic to firehose outside.
# Source: SNS Developer Guide: Fanout to Firehose

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_iam_role" "send" {
  name               = "send"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.send.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["firehose:DescribeDeliveryStream", "firehose:ListDeliveryStreams", "firehose:ListTagsForDeliveryStream", "firehose:PutRecord", "firehose:PutRecordBatch"], Resource = "*" }] })
}

resource "aws_sns_topic_subscription" "hose" {
  topic_arn             = aws_sns_topic.bell.arn
  protocol              = "firehose"
  endpoint              = "arn:aws:firehose:eu-west-1:${data.aws_caller_identity.me.account_id}:deliverystream/hose"
  subscription_role_arn = aws_iam_role.send.arn
}

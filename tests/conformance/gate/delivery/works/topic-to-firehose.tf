# A topic writes to a delivery stream through a role that SNS may assume.
# Source: SNS: Prerequisites for subscribing Firehose delivery streams.

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_s3_bucket" "lake" {
  bucket = "lake-of-ours"
}

resource "aws_iam_role" "firehose" {
  name               = "firehose"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "firehose.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "firehose" {
  role   = aws_iam_role.firehose.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:PutObject", "s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:GetObject"], Resource = [aws_s3_bucket.lake.arn, "${aws_s3_bucket.lake.arn}/*"] }] })
}

resource "aws_kinesis_firehose_delivery_stream" "lake" {
  name        = "lake"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn   = aws_iam_role.firehose.arn
    bucket_arn = aws_s3_bucket.lake.arn
  }
}

resource "aws_iam_role" "sns" {
  name               = "sns"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "sns" {
  role   = aws_iam_role.sns.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["firehose:DescribeDeliveryStream", "firehose:ListDeliveryStreams", "firehose:ListTagsForDeliveryStream", "firehose:PutRecord", "firehose:PutRecordBatch"], Resource = aws_kinesis_firehose_delivery_stream.lake.arn }] })
}

resource "aws_sns_topic_subscription" "lake" {
  topic_arn             = aws_sns_topic.bell.arn
  protocol              = "firehose"
  endpoint              = aws_kinesis_firehose_delivery_stream.lake.arn
  subscription_role_arn = aws_iam_role.sns.arn
}

resource "aws_sqs_queue_policy" "failed" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/123456789012/failed"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:us-east-1:123456789012:failed"
      Principal = { Service = "events.amazonaws.com" } # expect: fail
    }]
  })
}

data "aws_iam_policy_document" "weak" {
  statement {
    actions   = ["sns:Publish"]
    resources = ["arn:aws:sns:us-east-1:123456789012:alarms"]
    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"] # expect: fail
    }
    condition {
      test     = "StringEqualsIfExists"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }
  }
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = "arn:aws:sns:us-east-1:123456789012:alarms"
  policy = data.aws_iam_policy_document.weak.json
}

resource "aws_lambda_permission" "events" {
  action        = "lambda:InvokeFunction"
  function_name = "trade"
  principal     = "events.amazonaws.com" # expect: fail
}

resource "aws_lambda_permission" "any_bucket" {
  action        = "lambda:InvokeFunction"
  function_name = "trade"
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:s3:::*" # expect: fail
}

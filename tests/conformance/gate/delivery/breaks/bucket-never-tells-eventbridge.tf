# The bucket does not send to EventBridge, so the rule never matches.
# Source: S3: Enabling Amazon EventBridge.
# Stops at: aws_s3_bucket.drop, aws_s3_bucket_notification.drop, aws_cloudwatch_event_rule.created

resource "aws_s3_bucket" "drop" {
  bucket = "drop-of-ours"
}

resource "aws_cloudwatch_event_rule" "created" {
  name          = "created"
  event_pattern = jsonencode({ source = ["aws.s3"], "detail-type" = ["Object Created"], detail = { bucket = { name = [aws_s3_bucket.drop.id] } } })
}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.created.name
  arn  = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "created" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.created.arn
}

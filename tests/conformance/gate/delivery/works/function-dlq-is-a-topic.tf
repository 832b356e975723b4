# A scheduled function hands its failures to a topic that its role may publish to.
# Source: hashicorp/terraform-provider-aws, issue 756; AWS Lambda Developer Guide, dead-letter queues.

resource "aws_sns_topic" "dead" {
  name = "dead"
}

resource "aws_iam_role" "nightly" {
  name               = "nightly"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "nightly" {
  role = aws_iam_role.nightly.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "${aws_cloudwatch_log_group.nightly.arn}:*" },
      { Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.dead.arn },
    ]
  })
}

resource "aws_cloudwatch_log_group" "nightly" {
  name              = "/aws/lambda/nightly"
  retention_in_days = 30
}

resource "aws_lambda_function" "nightly" {
  function_name = "nightly"
  role          = aws_iam_role.nightly.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"
  dead_letter_config {
    target_arn = aws_sns_topic.dead.arn
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "cron(0 2 * * ? *)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.nightly.arn
}

resource "aws_lambda_permission" "nightly" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.nightly.arn
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.nightly.arn
}

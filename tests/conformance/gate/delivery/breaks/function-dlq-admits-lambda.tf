# The dead-letter queue admits Lambda's service, but Lambda sends by the function's role, which may not.
# Source: gmetzker/serverless-plugin-lambda-dead-letter, issue 40.
# Stops at: aws_lambda_function.keeps, aws_iam_role.work, aws_iam_role_policy.work, aws_sqs_queue.dead, aws_sqs_queue_policy.dead

resource "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_sqs_queue_policy" "dead" {
  queue_url = aws_sqs_queue.dead.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.dead.arn
    }]
  })
}

resource "aws_lambda_function" "keeps" {
  function_name = "work"
  role          = aws_iam_role.work.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"

  dead_letter_config {
    target_arn = aws_sqs_queue.dead.arn
  }
}

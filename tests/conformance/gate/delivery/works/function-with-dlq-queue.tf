# A function's dead-letter queue, which its role may send to.
# Source: Lambda: Adding a dead-letter queue.

resource "aws_sqs_queue" "crashed" {
  name = "crashed"
}

resource "aws_iam_role_policy" "sends" {
  role   = aws_iam_role.own.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.crashed.arn }] })
}

resource "aws_iam_role" "own" {
  name               = "own"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.own.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_lambda_function" "own" {
  function_name = "own"
  role          = aws_iam_role.own.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.crashed.arn
  }
}

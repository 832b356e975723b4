resource "aws_sqs_queue" "dead" { name = "jobs-dead" }
resource "aws_sqs_queue" "jobs" {
  name           = "jobs"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 })
}
data "aws_sqs_queue" "jobs" { name = aws_sqs_queue.jobs.name }
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = "f"
  event_source_arn = data.aws_sqs_queue.jobs.arn
}

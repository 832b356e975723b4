# The role names the queue by an ARN put together from its parts.
# Source: hashicorp/terraform-provider-aws, issue 14042.

data "aws_region" "here" {}

resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 60
}

resource "aws_iam_role_policy" "more" {
  name = "more"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = "arn:aws:sqs:${data.aws_region.here.name}:${data.aws_caller_identity.me.account_id}:jobs" }]
  })
}

resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.work.arn
}

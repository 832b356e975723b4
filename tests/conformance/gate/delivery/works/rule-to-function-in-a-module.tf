# Rule and permission built from names in locals.
# Source: Terraform registry: terraform-aws-modules style, name and ARN handed on.

locals {
  rule = "hourly"
}

resource "aws_cloudwatch_event_rule" "hourly" {
  count               = 1
  name                = local.rule
  is_enabled          = true
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "work" {
  count     = 1
  rule      = aws_cloudwatch_event_rule.hourly[0].name
  target_id = "work"
  arn       = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "hourly" {
  for_each      = { hourly = { source_arn = aws_cloudwatch_event_rule.hourly[0].arn, principal = "events.amazonaws.com" } }
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = each.value.principal
  source_arn    = each.value.source_arn
}

# skip_destroy | for_each | TP_DST_2 | +2
resource "aws_cloudwatch_log_group" "mutated" {
  for_each          = { a = true }
  name              = "/aws/lambda/x-${var.environment_suffix}"
  kms_key_id        = var.data_key_arn
  retention_in_days = 30
  skip_destroy      = each.value
}

# retention 7 | count | TP_LOG_1 | +5
resource "aws_cloudwatch_log_group" "mutated" {
  count             = 2
  name              = "/aws/lambda/x${count.index}-${var.environment_suffix}"
  kms_key_id        = var.data_key_arn
  retention_in_days = [30, 7][count.index]
}

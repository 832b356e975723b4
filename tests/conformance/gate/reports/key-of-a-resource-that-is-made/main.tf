resource "aws_kms_key" "k" {
  for_each = toset(["logs"])
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = "*", Principal = { Service = "logs.us-east-1.amazonaws.com" } }] })
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "x"
  retention_in_days = 90
  kms_key_id        = one(values(aws_kms_key.k)[*].arn)
}

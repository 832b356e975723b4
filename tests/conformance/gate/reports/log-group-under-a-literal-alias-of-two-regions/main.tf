provider "aws" { region = "us-east-1" }
resource "aws_kms_key" "k" {
  for_each = toset(["us-east-1", "us-west-2"])
  region   = each.key
}
resource "aws_kms_alias" "k" {
  for_each      = aws_kms_key.k
  region        = each.key
  name          = "alias/logs"
  target_key_id = each.value.key_id
}
resource "aws_cloudwatch_log_group" "g" {
  name       = "g"
  kms_key_id = aws_kms_alias.k["us-east-1"].target_key_arn
}

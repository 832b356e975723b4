resource "aws_kms_replica_key" "k" {
  primary_key_arn = "arn:aws:kms:us-west-2:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  enabled         = false
}
resource "aws_cloudwatch_log_group" "g" {
  name       = "g"
  kms_key_id = aws_kms_replica_key.k.arn
}

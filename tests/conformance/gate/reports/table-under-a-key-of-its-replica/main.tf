resource "aws_kms_replica_key" "k" {
  primary_key_arn = "arn:aws:kms:us-west-2:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
}
resource "aws_dynamodb_table" "t" {
  name     = "t"
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_replica_key.k.arn
  }
}

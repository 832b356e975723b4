resource "aws_kms_grant" "g" {
  key_id            = "arn:aws:kms:eu-west-1:111122223333:key/a"
  grantee_principal = "arn:aws:iam::111122223333:role/feed"
  operations        = ["Decrypt"]
}

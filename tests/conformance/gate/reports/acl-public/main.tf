resource "aws_s3_bucket" "tape" {
  bucket = "bucket-tape"
}

resource "aws_s3_account_public_access_block" "ours" {
  block_public_acls   = true
  block_public_policy = true
}

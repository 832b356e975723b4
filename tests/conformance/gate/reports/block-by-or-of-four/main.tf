variable "acls" { default = true }
variable "policy" { default = false }
resource "aws_s3_bucket" "b" { bucket = "bucket-b" }
resource "aws_s3_bucket_public_access_block" "b" {
  count = var.acls || var.policy ? 1 : 0
  bucket = aws_s3_bucket.b.id
  block_public_acls = var.acls
  ignore_public_acls = var.acls
  block_public_policy = var.policy
  restrict_public_buckets = var.policy
}

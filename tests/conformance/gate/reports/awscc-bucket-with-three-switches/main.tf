resource "awscc_s3_bucket" "b" {
  bucket_name = "b"
  public_access_block_configuration = {
    block_public_acls       = true
    block_public_policy     = true
    ignore_public_acls      = true
    restrict_public_buckets = false
  }
}
resource "awscc_s3_bucket_policy" "p" {
  bucket          = awscc_s3_bucket.b.id
  policy_document = jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}

variable "kms_key_arn" { default = "" }
resource "aws_s3_bucket" "this" {
  bucket = "bucket-this"
  lifecycle {
    prevent_destroy = true
  }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = var.kms_key_arn == "" ? "AES256" : "aws:kms"
    }
  }
}

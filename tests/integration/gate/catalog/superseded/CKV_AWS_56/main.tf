variable "off" { default = false }
variable "given" { type = bool }
resource "aws_s3_bucket" "b" { bucket = "b" }
resource "aws_s3_bucket" "c" { bucket = "c" }
resource "aws_s3_bucket" "d" { bucket = "d" }
resource "aws_s3_bucket" "e" { bucket = "e" }
resource "aws_s3_bucket_public_access_block" "absent" {
  bucket              = aws_s3_bucket.b.id
  block_public_acls   = true
  block_public_policy = true
  ignore_public_acls  = true
}
resource "aws_s3_bucket_public_access_block" "off" {
  bucket                  = aws_s3_bucket.c.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = false
}
resource "aws_s3_bucket_public_access_block" "variable" {
  bucket                  = aws_s3_bucket.d.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = var.off
}
resource "aws_s3_bucket_public_access_block" "given" {
  bucket                  = aws_s3_bucket.e.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = var.given
}
resource "aws_s3_bucket_public_access_block" "elsewhere" {
  bucket              = "somebody-elses"
  block_public_acls   = true
  block_public_policy = true
  ignore_public_acls  = true
}
data "aws_s3_bucket" "x" { bucket = "x" }
resource "aws_s3_bucket_public_access_block" "of_data" {
  bucket                  = data.aws_s3_bucket.x.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = false
}
resource "aws_s3_directory_bucket" "dir" { bucket = "d--use1-az4--x-s3" }
resource "aws_s3_bucket_public_access_block" "null" {
  bucket                  = "n"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = null
}

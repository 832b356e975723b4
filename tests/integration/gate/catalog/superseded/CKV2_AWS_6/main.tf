variable "on" { default = true }
resource "aws_s3_bucket" "none" {
  bucket = "a"
}
resource "aws_s3_bucket" "two_only" {
  bucket = "b"
}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket                  = aws_s3_bucket.two_only.id
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket" "by_name" {
  bucket = "c"
}
resource "aws_s3_bucket_public_access_block" "c" {
  bucket                  = "c"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket" "prefix" {
  bucket_prefix = "d"
}
resource "aws_s3_bucket" "each" {
  for_each = toset(["x", "y"])
  bucket   = each.key
}
resource "aws_s3_bucket_public_access_block" "only_x" {
  bucket                  = aws_s3_bucket.each["x"].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket" "conditional" {
  bucket = "e"
}
resource "aws_s3_bucket_public_access_block" "conditional" {
  count                   = var.on ? 0 : 1
  bucket                  = aws_s3_bucket.conditional.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket" "versions" {
  bucket = "f"
  acl    = "private"
}

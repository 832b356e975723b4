data "aws_elb_service_account" "this" {}
resource "aws_s3_bucket" "b" { bucket = "bucket-b" }
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = data.aws_elb_service_account.this.arn }, Action = "s3:PutObject", Resource = "${aws_s3_bucket.b.arn}/*" }] })
}

resource "aws_s3_bucket" "b" { bucket = "bucket-b" }
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.b.arn}/*",
    Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/special" }, StringEquals = { "aws:PrincipalOrgID" = "o-12345678" } } }] })
}

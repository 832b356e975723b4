resource "aws_s3_bucket" "prices" {
  bucket = "prices"
}

resource "aws_s3_bucket_policy" "prices" {
  bucket = aws_s3_bucket.prices.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:DeleteObject", "s3:DeleteObjectVersion"]
      Resource  = [aws_s3_bucket.prices.arn, "${aws_s3_bucket.prices.arn}/*"]
      
    }]
  })
}

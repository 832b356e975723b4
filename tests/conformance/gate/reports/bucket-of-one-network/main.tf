resource "aws_s3_bucket" "prices" {
  bucket = "prices"
}

resource "aws_s3_bucket_policy" "prices" {
  bucket = aws_s3_bucket.prices.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3:GetObject"]
      Resource  = [aws_s3_bucket.prices.arn, "${aws_s3_bucket.prices.arn}/*"]
      Condition = { StringEquals = { "aws:SourceVpc" = "vpc-0a1b2c3d4e5f67890" } }
    }]
  })
}

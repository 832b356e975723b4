resource "aws_s3control_bucket_policy" "it" {
  bucket = "arn:aws:s3-outposts:eu-west-1:111122223333:outpost/op-1/bucket/b"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3-outposts:GetObject", Resource = "*" }]
  })
}

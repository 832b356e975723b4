resource "aws_media_store_container_policy" "x" {
  container_name = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = ["mediastore:GetObject"], Resource = "arn:aws:mediastore:us-east-1:111122223333:container/feeds/*", Condition = { Bool = { "aws:SecureTransport" = "true" } } },
    ]
  })
}

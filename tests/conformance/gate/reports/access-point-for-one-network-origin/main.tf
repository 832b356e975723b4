resource "aws_s3control_access_point_policy" "x" {
  access_point_arn = "arn:aws:s3:us-east-1:111122223333:accesspoint/feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = "s3:GetObject", Resource = "arn:aws:s3:us-east-1:111122223333:accesspoint/feeds/object/*", Condition = { StringEquals = { "s3:AccessPointNetworkOrigin" = "VPC" } } },
    ]
  })
}

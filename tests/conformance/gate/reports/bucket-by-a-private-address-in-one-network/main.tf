resource "aws_s3_bucket_policy" "p" {
  bucket = "b"
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : "*",
        "Action" : "s3:GetObject",
        "Resource" : "*",
        "Condition" : {
          "IpAddress" : {
            "aws:VpcSourceIp" : "10.0.0.0/16"
          },
          "StringEquals" : {
            "aws:SourceVpc" : "vpc-0a1b2c3d4e5f60718"
          }
        }
      }
    ]
  })
}

resource "aws_s3_access_point" "a" {
  bucket = "b"
  name   = "ap"
  vpc_configuration {
    vpc_id = "vpc-0a1b2c3d4e5f60718"
  }
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : "*",
        "Action" : "s3:GetObject",
        "Resource" : "*"
      }
    ]
  })
}

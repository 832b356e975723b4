resource "aws_s3_access_point" "a" {
  bucket = "b"
  name   = "ap"
  vpc_configuration {
    vpc_id = "vpc-0a1b2c3d4e5f60718"
  }
}
resource "aws_s3control_access_point_policy" "p" {
  access_point_arn = aws_s3_access_point.a.arn
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

resource "aws_s3_access_point" "a" {
  bucket = "b"
  name   = "ap"
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

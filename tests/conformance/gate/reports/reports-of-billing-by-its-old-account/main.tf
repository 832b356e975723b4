data "aws_caller_identity" "current" {}
resource "aws_s3_bucket_policy" "p" {
  bucket = "b"
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : {
          "AWS" : "arn:aws:iam::386209384616:root"
        },
        "Action" : "s3:PutObject",
        "Resource" : "*"
      }
    ]
  })
}

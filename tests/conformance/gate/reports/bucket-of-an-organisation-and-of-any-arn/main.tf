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
          "StringLike" : {
            "aws:PrincipalOrgID" : "o-a1b2c3d4e5",
            "aws:PrincipalArn" : "*"
          }
        }
      }
    ]
  })
}

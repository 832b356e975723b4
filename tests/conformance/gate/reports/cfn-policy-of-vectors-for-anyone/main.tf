resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::S3Vectors::VectorBucketPolicy",
        "Properties" : {
          "VectorBucketName" : "v",
          "Policy" : {
            "Version" : "2012-10-17",
            "Statement" : [
              {
                "Effect" : "Allow",
                "Principal" : "*",
                "Action" : "s3vectors:GetVectors",
                "Resource" : "*"
              }
            ]
          }
        }
      }
    }
  })
}

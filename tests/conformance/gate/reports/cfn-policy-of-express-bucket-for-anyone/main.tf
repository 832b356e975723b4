resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::S3Express::BucketPolicy",
        "Properties" : {
          "Bucket" : "b--use1-az4--x-s3",
          "PolicyDocument" : {
            "Version" : "2012-10-17",
            "Statement" : [
              {
                "Effect" : "Allow",
                "Principal" : "*",
                "Action" : "s3express:CreateSession",
                "Resource" : "*"
              }
            ]
          }
        }
      }
    }
  })
}

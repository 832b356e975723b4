resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::S3::MultiRegionAccessPointPolicy",
        "Properties" : {
          "MrapName" : "m",
          "Policy" : {
            "Version" : "2012-10-17",
            "Statement" : [
              {
                "Effect" : "Allow",
                "Principal" : "*",
                "Action" : "s3:GetObject",
                "Resource" : "*"
              }
            ]
          }
        }
      }
    }
  })
}

resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::S3ObjectLambda::AccessPointPolicy",
        "Properties" : {
          "ObjectLambdaAccessPoint" : "a",
          "PolicyDocument" : {
            "Version" : "2012-10-17",
            "Statement" : [
              {
                "Effect" : "Allow",
                "Principal" : "*",
                "Action" : "s3-object-lambda:GetObject",
                "Resource" : "*"
              }
            ]
          }
        }
      }
    }
  })
}

resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::Organizations::ResourcePolicy",
        "Properties" : {
          "Content" : {
            "Version" : "2012-10-17",
            "Statement" : [
              {
                "Effect" : "Allow",
                "Principal" : "*",
                "Action" : "organizations:DescribeAccount",
                "Resource" : "*"
              }
            ]
          }
        }
      }
    }
  })
}

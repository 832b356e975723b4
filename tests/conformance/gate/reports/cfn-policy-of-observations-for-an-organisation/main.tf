resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::Oam::Sink",
        "Properties" : {
          "Name" : "s",
          "Policy" : {
            "Version" : "2012-10-17",
            "Statement" : [
              {
                "Effect" : "Allow",
                "Principal" : "*",
                "Action" : "oam:CreateLink",
                "Resource" : "*",
                "Condition" : {
                  "StringEquals" : {
                    "aws:PrincipalOrgID" : "o-a1b2c3d4e5"
                  }
                }
              }
            ]
          }
        }
      }
    }
  })
}

resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::CodeArtifact::Domain",
        "Properties" : {
          "DomainName" : "d",
          "PermissionsPolicyDocument" : {
            "Version" : "2012-10-17",
            "Statement" : [
              {
                "Effect" : "Allow",
                "Principal" : "*",
                "Action" : "codeartifact:GetAuthorizationToken",
                "Resource" : "*"
              }
            ]
          }
        }
      }
    }
  })
}

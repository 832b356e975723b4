resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::CodeArtifact::Repository",
        "Properties" : {
          "DomainName" : "d",
          "RepositoryName" : "r",
          "PermissionsPolicyDocument" : {
            "Version" : "2012-10-17",
            "Statement" : [
              {
                "Effect" : "Allow",
                "Principal" : "*",
                "Action" : "codeartifact:ReadFromRepository",
                "Resource" : "*"
              }
            ]
          }
        }
      }
    }
  })
}

resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::RedshiftServerless::Namespace",
        "Properties" : {
          "NamespaceName" : "n",
          "NamespaceResourcePolicy" : {
            "Version" : "2012-10-17",
            "Statement" : [
              {
                "Effect" : "Allow",
                "Principal" : "*",
                "Action" : "redshift-serverless:GetNamespace",
                "Resource" : "*"
              }
            ]
          }
        }
      }
    }
  })
}

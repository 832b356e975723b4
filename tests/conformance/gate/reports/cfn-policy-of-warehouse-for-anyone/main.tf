resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::Redshift::Cluster",
        "Properties" : {
          "ClusterType" : "single-node",
          "DBName" : "d",
          "MasterUsername" : "u",
          "NodeType" : "ra3.large",
          "ManageMasterPassword" : true,
          "NamespaceResourcePolicy" : {
            "Version" : "2012-10-17",
            "Statement" : [
              {
                "Effect" : "Allow",
                "Principal" : "*",
                "Action" : "redshift:AuthorizeInboundIntegration",
                "Resource" : "*"
              }
            ]
          }
        }
      }
    }
  })
}

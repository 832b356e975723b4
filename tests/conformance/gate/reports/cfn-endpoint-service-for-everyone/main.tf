resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::EC2::VPCEndpointServicePermissions",
        "Properties" : {
          "ServiceId" : "x",
          "AllowedPrincipals" : [
            "*"
          ]
        }
      }
    }
  })
}

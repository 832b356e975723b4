resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::ApiGateway::RestApi",
        "Properties" : {
          "Name" : "a",
          "Body" : {
            "openapi" : "3.0.1",
            "info" : {
              "title" : "a",
              "version" : "1"
            },
            "paths" : {},
            "x-amazon-apigateway-policy" : {
              "Version" : "2012-10-17",
              "Statement" : [
                {
                  "Effect" : "Allow",
                  "Principal" : "*",
                  "Action" : "execute-api:Invoke",
                  "Resource" : "execute-api:/*"
                }
              ]
            }
          }
        }
      }
    }
  })
}

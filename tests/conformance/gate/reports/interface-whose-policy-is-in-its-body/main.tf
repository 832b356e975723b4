resource "aws_api_gateway_rest_api" "a" {
  name = "a"
  body = jsonencode({
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
  })
}

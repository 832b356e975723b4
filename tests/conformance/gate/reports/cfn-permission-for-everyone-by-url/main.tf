resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::Lambda::Permission",
        "Properties" : {
          "FunctionName" : "f",
          "Action" : "lambda:InvokeFunctionUrl",
          "Principal" : "*",
          "FunctionUrlAuthType" : "NONE"
        }
      }
    }
  })
}

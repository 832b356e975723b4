resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({
    Resources = { P = { Type = "AWS::IAM::ManagedPolicy", Properties = { PolicyDocument = {
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "dynamodb:GetItem", Resource = { "Fn::Join" = [":", ["arn:aws:dynamodb", { Ref = "AWS::Region" }, { Ref = "AWS::AccountId" }, "table/*"]] } }]
    } } } }
  })
}

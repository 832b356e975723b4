resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      Prices:
        Type: AWS::DynamoDB::Table
        Properties: {TableName: prices}
      Reads:
        Type: AWS::IAM::ManagedPolicy
        Properties:
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: ["dynamodb:Query"], Resource: [!GetAtt Prices.Arn, !Sub "$${Prices.Arn}/index/by-day"]}
  EOT
}

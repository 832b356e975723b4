resource "aws_cloudformation_stack" "s" {
  name          = "s"
  parameters    = { Names = "orders,carts" }
  template_body = jsonencode({
    Transform  = "AWS::LanguageExtensions"
    Parameters = { Names = { Type = "CommaDelimitedList" } }
    Resources = {
      "Fn::ForEach::Tables" = ["Name", { Ref = "Names" }, {
        "Table$${Name}" = {
          Type = "AWS::DynamoDB::Table"
          Properties = {
            TableName            = { "Fn::Sub" = "t-$${Name}" }
            BillingMode          = "PAY_PER_REQUEST"
            AttributeDefinitions = [{ AttributeName = "id", AttributeType = "S" }]
            KeySchema            = [{ AttributeName = "id", KeyType = "HASH" }]
            PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled = true }
          }
        }
      }]
    }
  })
}

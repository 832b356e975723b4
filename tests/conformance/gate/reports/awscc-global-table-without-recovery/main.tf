resource "awscc_dynamodb_global_table" "t" {
  attribute_definitions = [{ attribute_name = "k", attribute_type = "S" }]
  key_schema            = [{ attribute_name = "k", key_type = "HASH" }]
  replicas              = [{ region = "us-east-1" }]
}

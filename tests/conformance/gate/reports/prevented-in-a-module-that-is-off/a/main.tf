resource "aws_dynamodb_table" "t" {
  name = "t"
  lifecycle {
    prevent_destroy = true
  }
}

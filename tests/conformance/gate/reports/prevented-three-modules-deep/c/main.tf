resource "aws_dynamodb_table" "t" {
  name = "t"
  lifecycle {
    create_before_destroy = true
    prevent_destroy       = "true"
  }
}

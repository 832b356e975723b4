variable "recover" { type = bool }
resource "aws_dynamodb_table" "t" {
  name     = "t"
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  point_in_time_recovery { enabled = var.recover }
  replica {
    region_name            = "us-east-2"
    point_in_time_recovery = false
  }
}

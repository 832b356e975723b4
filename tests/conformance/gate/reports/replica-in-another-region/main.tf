variable "replicas" {
  type    = list(string)
  default = ["eu-central-1"]
}

resource "aws_dynamodb_table" "trades" {
  name     = "trades"
  hash_key = "id"
  dynamic "replica" {
    for_each = toset(var.replicas)
    content {
      region_name = replica.value
    }
  }
}

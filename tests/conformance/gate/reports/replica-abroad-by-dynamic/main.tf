provider "aws" {
  region = "us-east-1"
}
variable "replicas" {
  type    = list(string)
  default = ["us-east-1", "eu-west-1"]
}
resource "aws_dynamodb_table" "t" {
  name = "t"
  dynamic "replica" {
    for_each = toset(var.replicas)
    content {
      region_name = replica.value
    }
  }
}

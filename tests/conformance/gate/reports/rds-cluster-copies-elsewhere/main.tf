resource "aws_secretsmanager_secret" "s" {
  name = "s"
  dynamic "replica" {
    for_each = ["eu-west-1"]
    content {
      region = replica.value
    }
  }
}

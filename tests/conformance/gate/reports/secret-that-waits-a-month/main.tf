resource "aws_secretsmanager_secret" "feed" {
  name = "feed"
}

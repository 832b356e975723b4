resource "aws_secretsmanager_secret_version" "v" {
  secret_id                = "feed"
  secret_string_wo         = "Tr0ub4dor&3xyzzy"
  secret_string_wo_version = 1
}

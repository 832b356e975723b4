resource "aws_db_instance" "d" {
  identifier = "db-prices-dev"
  password   = "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/db)"
}

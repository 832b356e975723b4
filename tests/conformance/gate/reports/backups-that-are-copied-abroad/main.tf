provider "aws" {
  region = "us-east-1"
}
resource "aws_backup_plan" "p" {
  name = "p"
  rule {
    rule_name         = "r"
    target_vault_name = "v"
    schedule          = "cron(0 12 * * ? *)"
    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-west-1:123456789012:backup-vault:v"
    }
  }
}

provider "aws" { region = "us-east-1" }
resource "aws_secretsmanager_secret" "s" {
  name                    = "s"
  recovery_window_in_days = 0
  replica {
    region = "us-east-1"
  }
}

provider "aws" { region = "us-east-1" }
variable "first" { type = string }
resource "aws_secretsmanager_secret" "s" {
  name                    = "s"
  recovery_window_in_days = 0
  replica { region = var.first }
  replica { region = "eu-west-1" }
}

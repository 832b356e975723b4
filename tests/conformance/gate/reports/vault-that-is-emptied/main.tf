resource "aws_backup_vault" "nightly" {
  name          = "nightly"
  force_destroy = true
}

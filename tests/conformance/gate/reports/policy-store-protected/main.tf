resource "aws_verifiedpermissions_policy_store" "s" {
  deletion_protection = "ENABLED"
}

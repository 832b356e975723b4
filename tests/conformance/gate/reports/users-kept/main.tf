resource "aws_cognito_user_pool" "desk" {
  name                = "desk"
  deletion_protection = "ACTIVE"
}

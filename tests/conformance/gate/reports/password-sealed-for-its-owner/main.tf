resource "aws_iam_user_login_profile" "ops" {
  user    = "ops"
  pgp_key = "keybase:ops"
}

output "ops" {
  value = aws_iam_user_login_profile.ops.encrypted_password
}

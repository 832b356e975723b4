locals {
  user = "preview"
  pass = "wint3r-Garden-77"
}
resource "aws_amplify_app" "a" { name = "a" }
resource "aws_amplify_branch" "b" {
  app_id                 = aws_amplify_app.a.id
  branch_name            = "dev"
  enable_basic_auth      = true
  basic_auth_credentials = base64encode(format("%s:%s", local.user, local.pass))
}

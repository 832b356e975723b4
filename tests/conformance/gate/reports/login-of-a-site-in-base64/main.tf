resource "aws_amplify_app" "site" {
  name                   = "site"
  enable_basic_auth      = true
  basic_auth_credentials = base64encode("feeds:Gr33n-Apple-77")
}

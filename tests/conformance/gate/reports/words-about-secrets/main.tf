locals {
  sm_name_secrets          = "my-custom-resource-name"
  secret_name              = "TF_TEAM_TOKEN"
  external_secret_settings = { setting = "test" }
  password_length          = 24
  secret_rotation_enabled  = true
  token_ttl                = "3600s"
}

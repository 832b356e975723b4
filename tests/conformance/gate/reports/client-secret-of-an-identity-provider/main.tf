resource "aws_cognito_identity_provider" "google" {
  user_pool_id  = "us-east-1_AbCdEf123"
  provider_name = "Google"
  provider_type = "Google"
  provider_details = {
    authorize_scopes = "email"
    client_id        = "123456789012-abcdefghijklmnop.apps.googleusercontent.com"
    client_secret    = "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"
  }
}

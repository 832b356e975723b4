data "aws_ssm_parameter" "github" {
  name            = "/ci/github-token"
  with_decryption = true
}
resource "aws_amplify_app" "a" {
  name         = "a"
  repository   = "https://github.com/example/app"
  access_token = data.aws_ssm_parameter.github.value
}

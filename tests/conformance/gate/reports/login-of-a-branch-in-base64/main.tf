resource "aws_amplify_branch" "b" {
  app_id                 = "d1"
  branch_name            = "main"
  enable_basic_auth      = true
  basic_auth_credentials = "YWRtaW46S3E3LXZUM3g5TG0yWnI="
}

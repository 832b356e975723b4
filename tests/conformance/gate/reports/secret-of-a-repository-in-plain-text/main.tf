resource "github_actions_secret" "x" {
  repository      = "r"
  secret_name     = "DEPLOY_TOKEN"
  plaintext_value = "Kq7-vT3x9Lm2Zr"
}

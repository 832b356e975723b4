variable "artifactory_secret_path" {
  default = "ci/artifactory"
}

data "vault_generic_secret" "artifactory" {
  path = "secrets/${var.artifactory_secret_path}"
}

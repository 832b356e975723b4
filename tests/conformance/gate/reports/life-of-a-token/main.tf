resource "vault_token_auth_backend_role" "worker" {
  role_name              = "worker"
  token_period           = "2592000"
  token_explicit_max_ttl = "0"
  token_max_ttl          = "2592000"
}

resource "vault_pki_secret_backend_root_cert" "ca" {
  backend            = "pki"
  type               = "internal"
  common_name        = "ca"
  private_key_format = "der"
}

resource "vault_token_auth_backend_role" "worker" {
  role_name              = "worker"
  token_period           = "2592000"
  token_explicit_max_ttl = "0"
}

resource "vault_pki_secret_backend_cert" "server" {
  backend            = "pki"
  name               = "server"
  common_name        = "server.internal"
  private_key_format = "pkcs8"
}

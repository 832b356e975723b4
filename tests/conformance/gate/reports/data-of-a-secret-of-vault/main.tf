resource "vault_kv_secret_v2" "x" {
  mount     = "kv"
  name      = "n"
  data_json = jsonencode({ password = "Kq7-vT3x9Lm2Zr" })
}

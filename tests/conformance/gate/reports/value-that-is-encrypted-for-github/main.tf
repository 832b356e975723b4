resource "github_actions_secret" "s" {
  repository      = "r"
  secret_name     = "DB"
  encrypted_value = "GWcDRrzCtkHtL7M6E90I8/iBZOSXq/H7YFO7DkckJQVHJyoYSqIvs9tOFaI5VWaSQ00jI3Xuuw3vTlQsJnzYqg=="
}

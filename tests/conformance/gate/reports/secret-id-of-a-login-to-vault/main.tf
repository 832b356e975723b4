provider "vault" {
  address = "https://vault.internal:8200"
  auth_login {
    path = "auth/approle/login"
    parameters = {
      role_id   = "59d6d1ca-47bb-4e7e-a40b-8be3bc5a0ba8"
      secret_id = "84896a0c-1347-aa90-a4f6-aca8b7558780"
    }
  }
}

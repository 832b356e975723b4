data "terraform_remote_state" "net" {
  backend = "consul"
  config = {
    path         = "net"
    access_token = "7f2c9a4e-1b3d-4c5f-9e8a-6d7b5c4f3e2a"
  }
}

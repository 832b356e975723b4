locals {
  client_secrets = { "web" : "hunter2x", "app" : "hunter3y" }
}

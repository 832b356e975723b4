locals {
  api_keys = { "mail" : "hunter2x-u6ejilw2" }
}

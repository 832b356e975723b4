locals {
  sm_name_secrets = "my-custom-resource-name"
}

output "name" {
  value = local.sm_name_secrets
}

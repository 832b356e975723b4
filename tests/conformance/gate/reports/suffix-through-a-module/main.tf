variable "environment_suffix" {
  type    = string
  default = "dev"
}

locals {
  names = { for kind in ["queue", "topic"] : kind => join("-", [kind, "work", lower(var.environment_suffix)]) }
}

module "queue" {
  source = "./queue"
  name   = local.names["queue"]
}

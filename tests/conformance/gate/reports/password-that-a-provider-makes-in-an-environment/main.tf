resource "random_password" "db" { length = 24 }
locals {
  shared = { DB_USER = "app", DB_PASSWORD = random_password.db.result }
}
module "f" {
  source      = "./f"
  environment = merge(local.shared, { LOG_LEVEL = "INFO" })
}

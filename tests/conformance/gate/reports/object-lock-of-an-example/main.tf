module "s3" {
  source              = "./s3"
  object_lock_enabled = true
  object_lock_configuration = {
    rule = { default_retention = { mode = "COMPLIANCE", years = 5 } }
  }
}

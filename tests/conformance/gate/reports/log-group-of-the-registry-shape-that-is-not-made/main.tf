module "f" {
  source                            = "./f"
  use_existing_cloudwatch_log_group = true
}

# What runs the system from this folder: its provider, its variables and, once you add it, its backend. Everything that is
# made is in the module, which other configurations call in the same way (examples/).
module "market_data_system" {
  source = "./modules/market_data_system"

  alarm_subscriptions        = var.alarm_subscriptions
  architecture               = var.architecture
  archive_retention_days     = var.archive_retention_days
  async_maximum_age_s        = var.async_maximum_age_s
  auditor_principal_arns     = var.auditor_principal_arns
  buffer_retention_days      = var.buffer_retention_days
  change_watch               = var.change_watch
  checkpoint_algorithm       = var.checkpoint_algorithm
  checkpoint_key_generations = var.checkpoint_key_generations
  code_signing_config_arn    = var.code_signing_config_arn
  dlq_retention_days         = var.dlq_retention_days
  encrypt_bus_with_data_key  = var.encrypt_bus_with_data_key
  environment_suffix         = var.environment_suffix
  hour_shards                = var.hour_shards
  key_deletion_window_days   = var.key_deletion_window_days
  lambda_zip_path            = var.lambda_zip_s3 == null ? var.lambda_zip_path : null
  lambda_zip_s3              = var.lambda_zip_s3
  late_after_ms              = var.late_after_ms
  log_level                  = var.log_level
  log_origin                 = var.log_origin
  log_retention_days         = var.log_retention_days
  max_item_bytes             = var.max_item_bytes
  metrics_namespace          = var.metrics_namespace
  minute_shards              = var.minute_shards
  overwritten_tile_days      = var.overwritten_tile_days
  permissions_boundary_arn   = var.permissions_boundary_arn
  publishers                 = var.publishers
  quarantine                 = var.quarantine
  record_shards              = var.record_shards
  region                     = var.region
  role_path                  = var.role_path
  routes                     = var.routes
  runbook_url                = var.runbook_url
  runtime                    = var.runtime
  seal_every_minutes         = var.seal_every_minutes
  sealer                     = var.sealer
  sign_from_function_only    = var.sign_from_function_only
  silences                   = var.silences
  table_maintainer_arns      = var.table_maintainer_arns
  target_retry               = var.target_retry
  thresholds                 = var.thresholds
  tracing_mode               = var.tracing_mode
  venues                     = var.venues
  vpc                        = var.vpc
}

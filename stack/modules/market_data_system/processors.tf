locals {
  # As the functions read it: venue=account account,venue=account
  publishers = { for name in ["PUBLISHERS"] : name => join(",", [for venue, accounts in var.publishers : "${venue}=${join(" ", accounts)}"]) if length(var.publishers) > 0 }

  processor_common = {
    async_maximum_age_s   = var.async_maximum_age_s
    dlq_retention_seconds = 86400 * var.dlq_retention_days

    environment = merge(local.environment, local.publishers, {
      AUDIT_TABLE    = module.audit_log.table_name
      HOUR_SHARDS    = tostring(var.hour_shards)
      LATE_AFTER_MS  = tostring(var.late_after_ms)
      MARKET_TABLE   = module.market_store.table_name
      MAX_ITEM_BYTES = tostring(var.max_item_bytes)
      MINUTE_SHARDS  = tostring(var.minute_shards)
      RECORD_SHARDS  = tostring(var.record_shards)
    })

    functions = {
      for name, settings in local.processor_settings : name => merge(local.function_defaults, {
        memory_mb               = settings.memory_mb
        provisioned_concurrency = settings.provisioned_concurrency
        reserved_concurrency    = settings.reserved_concurrency
        timeout_s               = settings.timeout_s
      })
    }
  }
}

module "processor" {
  source   = "../processor"
  for_each = local.routes

  account               = local.account
  async_maximum_age_s   = local.processor_common.async_maximum_age_s
  audit_table_arn       = module.audit_log.table_arn
  data_key_arn          = aws_kms_key.data.arn
  delivery              = each.value.delivery
  dlq_retention_seconds = local.processor_common.dlq_retention_seconds
  environment           = local.processor_common.environment
  environment_suffix    = var.environment_suffix
  event_bus_name        = module.event_bus.name
  event_pattern         = lookup(module.event_bus.route_patterns, each.key, null)
  function              = local.processor_common.functions[each.key]
  log_retention_days    = var.log_retention_days
  market_table_arn      = module.market_store.table_arn
  name                  = each.key
  roles                 = local.roles
  stable                = each.value.stable
  target_retry          = var.target_retry

  batch = {
    max_receive_count   = each.value.max_receive_count
    maximum_concurrency = each.value.maximum_concurrency
    pollers             = each.value.pollers
    retention_s         = 86400 * var.buffer_retention_days
    size                = each.value.batch_size
    window_s            = each.value.batch_window_s
  }
}

# Apart from the routes, because its rule has to be made after, and removed before, whatever changes about theirs.
module "quarantine" {
  source = "../processor"

  account               = local.account
  async_maximum_age_s   = local.processor_common.async_maximum_age_s
  audit_table_arn       = module.audit_log.table_arn
  data_key_arn          = aws_kms_key.data.arn
  delivered_first       = flatten([for name in sort(keys(local.routes)) : module.processor[name].target_arns])
  delivery              = "direct"
  dlq_retention_seconds = local.processor_common.dlq_retention_seconds
  environment           = local.processor_common.environment
  environment_suffix    = var.environment_suffix
  event_bus_name        = module.event_bus.name
  event_pattern         = module.event_bus.catch_all_pattern
  function              = local.processor_common.functions["quarantine"]
  generation_of         = module.event_bus.route_patterns
  log_retention_days    = var.log_retention_days
  market_table_arn      = module.market_store.table_arn
  name                  = "quarantine"
  roles                 = local.roles
  target_retry          = var.target_retry
}

moved {
  from = module.processor["quarantine"]
  to   = module.quarantine
}

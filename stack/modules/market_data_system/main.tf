locals {
  account = {
    id        = data.aws_caller_identity.current.account_id
    partition = data.aws_partition.current.partition
    region    = var.region
  }
  log_origin = coalesce(var.log_origin, "tapeproof/${local.account.id}/${var.environment_suffix}")

  routes = {
    for name, route in var.routes : name => merge(route, {
      sources = coalesce(route.sources, [for venue in var.venues : "marketdata.${venue}"])
    })
  }

  # A retired route takes nothing; its function and queues stay until they have worked off what waits.
  live_routes = { for name, route in local.routes : name => route if !route.retired }

  # A route's function and the quarantine's are the same module; only the pattern differs.
  processor_settings = merge(local.routes, { quarantine = merge(var.quarantine, { delivery = "direct" }) })
  processors         = merge(module.processor, { quarantine = module.quarantine })

  # ARNs of what the data key must know before it exists; the modules make the names in the same way. Queues and log
  # groups are known by the form of their names: a list would lose a route's the moment the route goes, while its rule
  # still delivers.
  event_bus_arn  = "arn:${local.account.partition}:events:${local.account.region}:${local.account.id}:event-bus/bus-market-data-${var.environment_suffix}"
  log_group_arns = "arn:${local.account.partition}:logs:${local.account.region}:${local.account.id}:log-group:/aws/lambda/lambda-*-${var.environment_suffix}"
  queue_arns     = "arn:${local.account.partition}:sqs:${local.account.region}:${local.account.id}:queue-*-${var.environment_suffix}"
  topic_arns = [
    for topic in ["alarms", "page"] :
    "arn:${local.account.partition}:sns:${local.account.region}:${local.account.id}:topic-${topic}-${var.environment_suffix}"
  ]

  environment = {
    ENVIRONMENT_SUFFIX           = var.environment_suffix
    LOG_LEVEL                    = var.log_level
    LOG_ORIGIN                   = local.log_origin
    POWERTOOLS_METRICS_NAMESPACE = var.metrics_namespace
  }

  function_defaults = {
    architecture            = var.architecture
    code_signing_config_arn = var.code_signing_config_arn
    runtime                 = var.runtime
    tracing_mode            = var.tracing_mode
    vpc                     = var.vpc
    zip_path                = var.lambda_zip_path
    zip_s3                  = var.lambda_zip_s3
  }

  # What an account may demand of every role.
  roles = { path = var.role_path, permissions_boundary_arn = var.permissions_boundary_arn }
}

module "event_bus" {
  source = "../event_bus"

  account                = local.account
  archive_retention_days = var.archive_retention_days
  data_key_arn           = aws_kms_key.data.arn
  dlq_retention_seconds  = 86400 * var.dlq_retention_days
  encrypt_with_data_key  = var.encrypt_bus_with_data_key
  environment_suffix     = var.environment_suffix
  routes                 = local.live_routes
}

module "market_store" {
  source = "../market_store"

  data_key_arn       = aws_kms_key.data.arn
  environment_suffix = var.environment_suffix
}

module "audit_log" {
  source = "../audit_log"

  account                    = local.account
  async_maximum_age_s        = var.async_maximum_age_s
  checkpoint_algorithm       = var.checkpoint_algorithm
  checkpoint_key_generations = var.checkpoint_key_generations
  data_key_arn               = aws_kms_key.data.arn
  dlq_retention_seconds      = 86400 * var.dlq_retention_days
  environment                = local.environment
  environment_suffix         = var.environment_suffix
  function                   = merge(local.function_defaults, var.sealer)
  key_administration_actions = local.key_administration_actions
  key_deletion_window_days   = var.key_deletion_window_days
  log_retention_days         = var.log_retention_days
  overwritten_tile_days      = var.overwritten_tile_days
  roles                      = local.roles
  seal_every_minutes         = var.seal_every_minutes
  sign_from_function_only    = var.sign_from_function_only
}

module "observability" {
  source = "../observability"

  account             = local.account
  buffer_names        = { for name, queue in local.buffers : name => queue.name }
  data_key_arn        = aws_kms_key.data.arn
  dlq_names           = { for purpose, queue in local.dlqs : purpose => queue.name }
  environment_suffix  = var.environment_suffix
  event_bus_name      = module.event_bus.name
  index_names         = module.market_store.index_names
  metrics_namespace   = var.metrics_namespace
  rule_names          = { for name, processor in local.processors : name => processor.rule_name if processor.rule_name != null }
  runbook_url         = var.runbook_url
  schedule_group_name = module.audit_log.schedule_group_name
  silences            = var.silences
  subscriptions       = var.alarm_subscriptions
  table_names         = { audit = module.audit_log.table_name, market = module.market_store.table_name }
  thresholds          = var.thresholds

  functions = merge(
    {
      for name, processor in local.processors : name => {
        log_group_name = processor.log_group_name
        name           = processor.function_name
        timeout_s      = local.processor_settings[name].timeout_s
        window_s       = local.processor_settings[name].delivery == "buffered" ? local.processor_settings[name].batch_window_s : 0
      }
    },
    {
      sealer = {
        log_group_name = module.audit_log.log_group_name
        name           = module.audit_log.function_name
        timeout_s      = var.sealer.timeout_s
        window_s       = 0
      }
    },
  )
}

locals {
  log_group_names = merge({ for name, processor in local.processors : name => processor.log_group_name }, { sealer = module.audit_log.log_group_name })

  buffers = { for name, processor in module.processor : name => processor.buffer_queue }
  dlqs = merge(
    { for name, processor in local.processors : name => processor.dlq },
    { for name, processor in local.processors : "${name}-target" => processor.target_dlq },
    { for purpose, queue in module.audit_log.dlqs : purpose => queue },
    { bus = { name = module.event_bus.dlq_name, url = module.event_bus.dlq_url } },
  )
}

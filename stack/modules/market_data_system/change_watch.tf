variable "change_watch" {
  description = <<-EOT
    Tells subscribers of changes to what the audit log's trust rests on: the signing keys, the sealer, roles, and policies of
    tables and bucket. AWS tells of them only where a trail logs management events: the account's own, or `trail`, which
    also logs who writes to tables and tiles (and with `log_publishers` who sends events; both cost by the event).
  EOT
  default     = null
  type = object({
    subscriptions = optional(map(object({
      endpoint = string
      protocol = string
    })), {})
    trail = optional(object({
      log_publishers = optional(bool, false)
      retention_days = optional(number, 90)
    }))
  })

  validation {
    condition     = try(var.change_watch.trail.retention_days, 30) >= 30
    error_message = "change_watch.trail.retention_days must be at least 30."
  }
}

module "change_watch" {
  source = "../change_watch"
  count  = var.change_watch == null ? 0 : 1

  account                    = local.account
  alarm_topic_arn            = module.observability.alarm_topic_arn
  checkpoint_key_arns        = module.audit_log.checkpoint_key_arns
  dlq_retention_seconds      = 86400 * var.dlq_retention_days
  environment_suffix         = var.environment_suffix
  event_bus_arn              = local.event_bus_arn
  key_administration_actions = local.key_administration_actions
  key_deletion_window_days   = var.key_deletion_window_days
  role_names                 = [for name in concat(keys(local.processor_settings), ["sealer"]) : "role-lambda-${name}-${var.environment_suffix}"]
  runbook                    = var.runbook_url == null ? "" : "${var.runbook_url}#"
  sealer                     = { function_name = module.audit_log.function_name, role_arn = module.audit_log.role_arn }
  subscriptions              = var.change_watch.subscriptions
  tables = {
    (module.audit_log.table_name)    = module.audit_log.table_arn
    (module.market_store.table_name) = module.market_store.table_arn
  }
  tile_bucket_name = module.audit_log.tile_bucket_name
  trail            = var.change_watch.trail
}

output "change_topic_arn" {
  description = "ARN of the topic that tells of changes; null without a watch."
  value       = one(module.change_watch[*].topic_arn)
}

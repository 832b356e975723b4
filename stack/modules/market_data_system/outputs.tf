output "alarm_names" {
  description = "Name of every alarm; the runbook has a section for each kind."
  value       = module.observability.alarm_names
}

output "alarm_topic_arn" {
  description = "ARN of the topic that every alarm notifies."
  value       = module.observability.alarm_topic_arn
}

output "archive_arn" {
  description = "ARN of the archive, the source of a replay."
  value       = module.event_bus.archive_arn
}

output "archive_name" {
  description = "Name of the archive."
  value       = module.event_bus.archive_name
}

output "audit_table_name" {
  description = "Name of the audit table."
  value       = module.audit_log.table_name
}

output "auditor_role_arn" {
  description = "ARN of the role that reads what evidence is collected from; null while nobody may take it."
  value       = one(aws_iam_role.auditor[*].arn)
}

output "checkpoint_key_arn" {
  description = "ARN of the key that signs the audit log's checkpoints."
  value       = module.audit_log.checkpoint_key_arn
}

output "dashboard_url" {
  description = "Where the dashboard is shown."
  value       = "https://${var.region}.console.${data.aws_partition.current.dns_suffix == "amazonaws.com.cn" ? "amazonaws.cn" : "aws.amazon.com"}/cloudwatch/home?region=${var.region}#dashboards/dashboard/${module.observability.dashboard_name}"
}

output "data_key_arn" {
  description = "ARN of the key that encrypts data at rest."
  value       = aws_kms_key.data.arn
}

output "dlq_urls" {
  description = "URL of every dead-letter queue: `<route>` holds what the function could not process, `<route>-target` what EventBridge could not hand over, `bus` what the bus could not encrypt, `sealer` and `schedule` failed runs of the sealer."
  value       = { for purpose, queue in local.dlqs : purpose => queue.url }
}

output "event_bus_arn" {
  description = "ARN of the bus that exchanges publish to."
  value       = module.event_bus.arn
}

output "event_bus_name" {
  description = "Name of the bus that exchanges publish to."
  value       = module.event_bus.name
}

output "function_names" {
  description = "Name of the function of each route, of the quarantine and of the sealer."
  value       = merge({ for name, processor in local.processors : name => processor.function_name }, { sealer = module.audit_log.function_name })
}

output "key_layout" {
  description = "How many shards keys of the market table are spread over; readers need the numbers."
  value       = { hour_shards = var.hour_shards, minute_shards = var.minute_shards, record_shards = var.record_shards }
}

output "log_group_names" {
  description = "Name of the log group of each function."
  value       = local.log_group_names
}

output "log_origin" {
  description = "Name of the audit log in its checkpoints."
  value       = local.log_origin
}

output "market_table_name" {
  description = "Name of the market table."
  value       = module.market_store.table_name
}

output "page_topic_arn" {
  description = "ARN of the topic for what needs a person now."
  value       = module.observability.page_topic_arn
}

output "publisher_policies" {
  description = "IAM policy, as JSON, of each venue's publisher: it may put that venue's events on this bus, of the detail types that routes take, and nothing else."
  value = {
    for venue in var.venues : venue => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Sid      = "PublishOwnVenue"
        Effect   = "Allow"
        Action   = ["events:PutEvents"]
        Resource = [module.event_bus.arn]
        # A call carries several events, and each must be the venue's own; a call that names none is refused.
        Condition = {
          Null = { "events:detail-type" = "false", "events:source" = "false" }
          "ForAllValues:StringEquals" = {
            "events:detail-type" = distinct(sort(flatten([for route in local.live_routes : route.detail_types if contains(route.sources, "marketdata.${venue}")])))
            "events:source"      = "marketdata.${venue}"
          }
        }
      }]
    })
  }
}

output "queue_urls" {
  description = "URL of the queue of each route, which a direct one keeps for what waited before it was direct."
  value       = { for name, queue in local.buffers : name => queue.url }
}

output "role_arns" {
  description = "ARN of the role of each function."
  value       = merge({ for name, processor in local.processors : name => processor.role_arn }, { sealer = module.audit_log.role_arn })
}

output "routes" {
  description = "What each route takes and how it is delivered."
  value       = { for name, route in local.routes : name => { delivery = route.delivery, detail_types = route.detail_types, sources = route.sources } }
}

output "tile_bucket_name" {
  description = "Name of the bucket with the audit log's tiles and checkpoint."
  value       = module.audit_log.tile_bucket_name
}

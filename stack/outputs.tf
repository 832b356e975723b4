output "alarm_names" {
  description = "Name of every alarm; the runbook has a section for each kind."
  value       = module.market_data_system.alarm_names
}

output "alarm_topic_arn" {
  description = "ARN of the topic that every alarm notifies."
  value       = module.market_data_system.alarm_topic_arn
}

output "archive_arn" {
  description = "ARN of the archive, the source of a replay."
  value       = module.market_data_system.archive_arn
}

output "archive_name" {
  description = "Name of the archive."
  value       = module.market_data_system.archive_name
}

output "audit_table_name" {
  description = "Name of the audit table."
  value       = module.market_data_system.audit_table_name
}

output "auditor_role_arn" {
  description = "ARN of the role that reads what evidence is collected from; null while nobody may take it."
  value       = module.market_data_system.auditor_role_arn
}

output "change_topic_arn" {
  description = "ARN of the topic that tells of changes; null without a watch."
  value       = module.market_data_system.change_topic_arn
}

output "checkpoint_key_arn" {
  description = "ARN of the key that signs the audit log's checkpoints."
  value       = module.market_data_system.checkpoint_key_arn
}

output "dashboard_url" {
  description = "Where the dashboard is shown."
  value       = module.market_data_system.dashboard_url
}

output "data_key_arn" {
  description = "ARN of the key that encrypts data at rest."
  value       = module.market_data_system.data_key_arn
}

output "dlq_urls" {
  description = "URL of every dead-letter queue: `<route>` holds what the function could not process, `<route>-target` what EventBridge could not hand over, `bus` what the bus could not encrypt, `sealer` and `schedule` failed runs of the sealer."
  value       = module.market_data_system.dlq_urls
}

output "event_bus_arn" {
  description = "ARN of the bus that exchanges publish to."
  value       = module.market_data_system.event_bus_arn
}

output "event_bus_name" {
  description = "Name of the bus that exchanges publish to."
  value       = module.market_data_system.event_bus_name
}

output "function_names" {
  description = "Name of the function of each route, of the quarantine and of the sealer."
  value       = module.market_data_system.function_names
}

output "key_layout" {
  description = "How many shards keys of the market table are spread over; readers need the numbers."
  value       = module.market_data_system.key_layout
}

output "log_group_names" {
  description = "Name of the log group of each function."
  value       = module.market_data_system.log_group_names
}

output "log_origin" {
  description = "Name of the audit log in its checkpoints."
  value       = module.market_data_system.log_origin
}

output "market_table_name" {
  description = "Name of the market table."
  value       = module.market_data_system.market_table_name
}

output "page_topic_arn" {
  description = "ARN of the topic for what needs a person now."
  value       = module.market_data_system.page_topic_arn
}

output "publisher_policies" {
  description = "IAM policy, as JSON, of each venue's publisher: it may put that venue's events on this bus, of the detail types that routes take, and nothing else."
  value       = module.market_data_system.publisher_policies
}

output "queue_urls" {
  description = "URL of the queue of each route, which a direct one keeps for what waited before it was direct."
  value       = module.market_data_system.queue_urls
}

output "role_arns" {
  description = "ARN of the role of each function."
  value       = module.market_data_system.role_arns
}

output "routes" {
  description = "What each route takes and how it is delivered."
  value       = module.market_data_system.routes
}

output "tile_bucket_name" {
  description = "Name of the bucket with the audit log's tiles and checkpoint."
  value       = module.market_data_system.tile_bucket_name
}

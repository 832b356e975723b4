output "archive_arn" {
  description = "ARN of the archive, the source of a replay."
  value       = aws_cloudwatch_event_archive.this.arn
}

output "archive_name" {
  description = "Name of the archive."
  value       = aws_cloudwatch_event_archive.this.name
}

output "arn" {
  description = "ARN of the bus."
  value       = aws_cloudwatch_event_bus.this.arn
}

output "catch_all_pattern" {
  description = "JSON event pattern that matches exactly the events that no route takes."
  value       = module.patterns.catch_all
}

output "dlq_name" {
  description = "Name of the bus's dead-letter queue."
  value       = aws_sqs_queue.dlq.name
}

output "dlq_url" {
  description = "URL of the bus's dead-letter queue."
  value       = aws_sqs_queue.dlq.url
}

output "name" {
  description = "Name of the bus."
  value       = aws_cloudwatch_event_bus.this.name
}

output "route_patterns" {
  description = "JSON event pattern of each route."
  value       = module.patterns.routes
}

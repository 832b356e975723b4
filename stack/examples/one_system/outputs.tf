output "event_bus_arn" {
  description = "ARN of the bus that exchanges publish to."
  value       = module.market_data.event_bus_arn
}

output "publisher_policies" {
  description = "IAM policy of each venue's publisher."
  value       = module.market_data.publisher_policies
}

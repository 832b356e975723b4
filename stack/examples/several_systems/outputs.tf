output "event_bus_arns" {
  description = "ARN of the bus of each system."
  value       = { for name, system in module.market_data : name => system.event_bus_arn }
}

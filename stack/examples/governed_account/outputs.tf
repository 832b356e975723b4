output "role_arns" {
  description = "ARN of the role of each function."
  value       = module.market_data.role_arns
}

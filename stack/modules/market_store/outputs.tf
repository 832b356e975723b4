output "index_names" {
  description = "Name of every index of the market table."
  value       = keys(local.indexes)
}

output "table_arn" {
  description = "ARN of the market table."
  value       = aws_dynamodb_table.market.arn
}

output "table_name" {
  description = "Name of the market table."
  value       = aws_dynamodb_table.market.name
}

output "table_arn" {
  description = "ARN of the market table."
  value       = aws_dynamodb_table.market.arn
}

output "table_name" {
  description = "Name of the market table."
  value       = aws_dynamodb_table.market.name
}

output "index_names" {
  description = "Name of every index of the market table."
  value       = sort([for index in aws_dynamodb_table.market.global_secondary_index : index.name])
}

output "table_arn" {
  description = "ARN of the market table."
  value       = aws_dynamodb_table.market.arn
}

output "table_name" {
  description = "Name of the market table."
  value       = aws_dynamodb_table.market.name
}

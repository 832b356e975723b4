output "buffer_queue" {
  description = "Name and URL of the queue of a route that can be buffered; null for one that cannot."
  value       = one([for queue in aws_sqs_queue.buffer : { name = queue.name, url = queue.url }])
}

output "dlq" {
  description = "Name and URL of the queue with what the function could not process."
  value       = { name = aws_sqs_queue.dlq.name, url = aws_sqs_queue.dlq.url }
}

output "function_name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "log_group_name" {
  description = "Name of the function's log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "role_arn" {
  description = "ARN of the function's role."
  value       = aws_iam_role.function.arn
}

output "rule_name" {
  description = "Name of the rule; null for a retired route."
  value       = one(values(aws_cloudwatch_event_rule.this)[*].name)
}

output "target_arns" {
  description = "What the rule delivers to, known once it does."
  value       = values(aws_cloudwatch_event_target.this)[*].arn
}

output "target_dlq" {
  description = "Name and URL of the queue with what EventBridge could not hand over."
  value       = { name = aws_sqs_queue.target_dlq.name, url = aws_sqs_queue.target_dlq.url }
}

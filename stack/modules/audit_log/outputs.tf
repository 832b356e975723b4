output "checkpoint_key_arn" {
  description = "ARN of the key that signs checkpoints."
  value       = local.signing_key.arn
}

output "checkpoint_key_arns" {
  description = "ARN of every key that may sign, oldest first."
  value       = [for generation in var.checkpoint_key_generations : aws_kms_key.checkpoint[generation].arn]
}

output "dlqs" {
  description = "Name and URL of the dead-letter queues of the sealer and of its schedule."
  value = {
    schedule = { name = aws_sqs_queue.schedule_dlq.name, url = aws_sqs_queue.schedule_dlq.url }
    sealer   = { name = aws_sqs_queue.sealer_dlq.name, url = aws_sqs_queue.sealer_dlq.url }
  }
}

output "function_name" {
  description = "Name of the sealer."
  value       = aws_lambda_function.sealer.function_name
}

output "log_group_name" {
  description = "Name of the sealer's log group."
  value       = aws_cloudwatch_log_group.sealer.name
}

output "role_arn" {
  description = "ARN of the sealer's role."
  value       = aws_iam_role.sealer.arn
}

output "role_arns" {
  description = "ARN of the roles of the sealer and of its schedule."
  value       = [aws_iam_role.schedule.arn, aws_iam_role.sealer.arn]
}

output "schedule_group_name" {
  description = "Name of the group that holds the sealer's schedule."
  value       = aws_scheduler_schedule_group.audit.name
}

output "schedule_name" {
  description = "Name of the sealer's schedule."
  value       = aws_scheduler_schedule.seal.name
}

output "table_arn" {
  description = "ARN of the audit table."
  value       = aws_dynamodb_table.audit.arn
}

output "table_name" {
  description = "Name of the audit table."
  value       = aws_dynamodb_table.audit.name
}

output "tile_bucket_arn" {
  description = "ARN of the bucket with the log's tiles and checkpoint."
  value       = aws_s3_bucket.tiles.arn
}

output "tile_bucket_name" {
  description = "Name of the bucket with the log's tiles and checkpoint."
  value       = aws_s3_bucket.tiles.bucket
}

output "dlq_url" {
  description = "URL of the queue with notices that could not be delivered."
  value       = aws_sqs_queue.dlq.url
}

output "topic_arn" {
  description = "ARN of the topic that tells of changes."
  value       = aws_sns_topic.changes.arn
}

output "trail_bucket_name" {
  description = "Name of the bucket with the trail's log files; null without a trail."
  value       = one([for bucket in aws_s3_bucket.trail : bucket.bucket])
}

output "alarm_names" {
  description = "Name of every alarm."
  value       = sort(concat(local.metric_alarms[*].alarm_name, values(aws_cloudwatch_composite_alarm.part)[*].alarm_name, values(aws_cloudwatch_composite_alarm.this)[*].alarm_name))
}

output "alarm_topic_arn" {
  description = "ARN of the topic that every alarm notifies."
  value       = aws_sns_topic.this["alarms"].arn
}

output "dashboard_name" {
  description = "Name of the dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}

output "page_topic_arn" {
  description = "ARN of the topic for what needs a person now."
  value       = aws_sns_topic.this["page"].arn
}

resource "aws_ecs_task_definition" "feed" {
  family                = "feed"
  container_definitions = <<-JSON
    [{"name": "feed", "image": "feed:1", "secrets": [
      {"name": "DB_PASSWORD", "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:feed-AbCdEf:password::"},
      {"name": "API_KEY", "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:feed-AbCdEf:api_key:AWSPREVIOUS:"}
    ]}]
  JSON
}

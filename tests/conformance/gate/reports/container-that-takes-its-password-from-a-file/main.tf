resource "aws_ecs_task_definition" "feed" {
  family = "feed"
  container_definitions = jsonencode([{
    name       = "feed"
    image      = "feed:1"
    entryPoint = ["sh", "-c"]
    command    = ["exec /app --token-file /run/secrets/token --password-file /run/secrets/db --secret-id $SECRET_ID"]
  }])
}

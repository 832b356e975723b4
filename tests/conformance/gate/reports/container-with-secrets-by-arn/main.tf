resource "aws_secretsmanager_secret" "feed" {
  name                    = "feed"
  recovery_window_in_days = 0
}

resource "aws_ecs_task_definition" "feed" {
  family = "feed"
  container_definitions = jsonencode([{
    name    = "feed"
    image   = "feed:1"
    secrets = [{ name = "DB_PASSWORD", valueFrom = "${aws_secretsmanager_secret.feed.arn}:password::" }]
  }])
}

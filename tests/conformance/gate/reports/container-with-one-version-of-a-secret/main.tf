resource "aws_secretsmanager_secret" "feed" {
  name                    = "feed"
  recovery_window_in_days = 0
}

resource "aws_ecs_task_definition" "feed" {
  family = "feed"
  container_definitions = jsonencode([{
    name    = "feed"
    image   = "feed:1"
    secrets = [for name in ["password", "token"] : { name = upper("db_${name}"), valueFrom = "${aws_secretsmanager_secret.feed.arn}:${name}:AWSCURRENT:" }]
  }])
}

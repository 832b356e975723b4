locals {
  secrets = ["DB_PASSWORD", "API_KEY", "SIGNING_SECRET"]
}
resource "aws_secretsmanager_secret" "app" { name = "app" }
resource "aws_ecs_task_definition" "t" {
  family = "t"
  container_definitions = jsonencode([{
    name    = "app"
    image   = "app:1"
    secrets = [for name in local.secrets : { name = name, valueFrom = "${aws_secretsmanager_secret.app.arn}:${name}::" }]
    environment = [
      { name = "SECRET_REFRESH_SECONDS", value = "300" },
      { name = "TOKEN_ISSUER", value = "https://login.example.com" },
      { name = "PASSWORD_POLICY", value = "strict" },
    ]
  }])
}

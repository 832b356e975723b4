locals {
  environment = {
    DB_HOST     = "db.internal"
    DB_PASSWORD = "Gr33n-Apples!2024"
  }
}
resource "aws_ecs_task_definition" "t" {
  family = "t"
  container_definitions = jsonencode([{
    name        = "app"
    image       = "app:1"
    environment = [for name, value in local.environment : { name = name, value = value }]
  }])
}

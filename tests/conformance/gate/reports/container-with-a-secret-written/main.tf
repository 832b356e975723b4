resource "aws_ecs_task_definition" "feed" {
  family = "feed"
  container_definitions = jsonencode([{
    name        = "feed"
    image       = "feed:1"
    environment = [{ name = "STAGE", value = "dev" }, { name = "DB_PASSWORD", value = "Zx81-q7Rt1Yb5Lm9!" }]
  }])
}

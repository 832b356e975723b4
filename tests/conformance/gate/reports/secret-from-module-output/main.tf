module "db" {
  source = "./db"
}

resource "aws_ecs_task_definition" "f" {
  family = "f"
  container_definitions = jsonencode([{ name = "f", image = "f:1", environment = [{ name = "URL", value = module.db.url }] }])
}

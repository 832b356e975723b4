locals {
  value = "9d8e7f604f3c2a1ba1b2c3d4e5f60718"
}

resource "aws_ecs_task_definition" "f" {
  family                = "f"
  container_definitions = jsonencode([{ name = "f", image = "f:1", environment = [{ name = "PEER", value = local.value }] }])
}

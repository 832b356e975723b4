resource "aws_ecs_task_definition" "feed" {
  family = "feed"
  container_definitions = jsonencode([{
    name    = "feed"
    image   = "feed:1"
    command = ["serve", "--db-password", "Gr33n-Apple-77"]
  }])
}

resource "random_password" "db" {
  length = 24
}

resource "aws_ecs_task_definition" "feed" {
  family = "feed"
  container_definitions = jsonencode([{
    name    = "feed"
    image   = "feed:1"
    command = ["serve", "--login", random_password.db.result]
  }])
}

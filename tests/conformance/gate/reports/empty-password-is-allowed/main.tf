resource "aws_ecs_task_definition" "db" {
  family = "db"
  container_definitions = jsonencode([{
    name  = "db"
    image = "mysql:8"
    environment = [
      { name = "MYSQL_ALLOW_EMPTY_PASSWORD", value = "yes" },
      { name = "MYSQL_RANDOM_ROOT_PASSWORD", value = "1" },
      { name = "PASSWORD_RESET_URL", value = "https://id.example.com/reset" },
      { name = "AUTH_TOKEN_HEADER", value = "X-Auth-Token" },
      { name = "DB_PASSWORD_FILE", value = "/run/secrets/db" },
    ]
  }])
}
